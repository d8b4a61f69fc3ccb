// Whatever a browser complains about while a person uses the console. A journey ends well only if there is nothing.

import type { ConsoleMessage, Page, Request, Response } from "@playwright/test";
import { expect } from "@playwright/test";

/** An answer that a journey provokes on purpose. */
export interface Refusal {
  /** The status (RFC 9110 §15). */
  readonly status: number;
  /** The path that is answered so. */
  readonly path: RegExp;
}

/** What the browser says itself about answers and requests that are heard of here in more detail. */
const SAID_TWICE = /^Failed to load resource:/;
/** What the browser gives up because its page was left. */
const LEFT = "net::ERR_ABORTED";

/** What one person's browser complained about. */
export class Complaints {
  private readonly heard: string[] = [];
  private provoked: Refusal[] = [];
  private met: Refusal[] = [];

  /** Listens to a tab. */
  listenTo(page: Page): void {
    page.on("console", (message) => this.onConsole(message));
    page.on("pageerror", (error) => this.heard.push(`error: ${error.stack ?? error.message}`));
    page.on("requestfailed", (request) => this.onFailure(request));
    page.on("response", (response) => this.onAnswer(response));
  }

  /** Does something that must be refused just so; anything else stays a complaint. */
  async expecting<T>(refusals: Refusal[], act: () => Promise<T>): Promise<T> {
    const result = await this.tolerating(refusals, act);
    expect(this.met, "what was to be refused").toEqual(expect.arrayContaining(refusals));
    return result;
  }

  /** Does something that may be refused just so, depending on who comes first. */
  async tolerating<T>(refusals: Refusal[], act: () => Promise<T>): Promise<T> {
    this.met = [];
    this.provoked = refusals;
    const result = await act();
    this.provoked = [];
    return result;
  }

  /** There must be none. */
  check(): void {
    expect(this.heard, "complaints of the browser").toEqual([]);
  }

  private onConsole(message: ConsoleMessage): void {
    const bad = message.type() === "error" || message.type() === "warning";
    if (bad && !SAID_TWICE.test(message.text())) {
      this.heard.push(`console ${message.type()} at ${message.location().url}: ${message.text()}`);
    }
  }

  private onFailure(request: Request): void {
    const reason = request.failure()?.errorText ?? "";
    if (reason !== LEFT) {
      this.heard.push(`request failed: ${request.method()} ${request.url()}: ${reason}`);
    }
  }

  private onAnswer(response: Response): void {
    if (response.status() < 400) return;
    const { pathname } = new URL(response.url());
    const refusal = this.provoked.find(
      ({ status, path }) => status === response.status() && path.test(pathname),
    );
    if (refusal) {
      this.met.push(refusal);
    } else {
      this.heard.push(`answered ${response.status()}: ${response.request().method()} ${response.url()}`);
    }
  }
}
