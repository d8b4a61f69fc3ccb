// A person before a browser of their own: cookies, passkeys and patience of nobody else's.

import { type Browser, type BrowserContext, type Locator, type Page, expect } from "@playwright/test";

import type { RunningConsole } from "../console/console.ts";
import { Complaints } from "./complaints.ts";
import type { Effort } from "./effort.ts";
import type { Login } from "./login.ts";
import { Passkeys } from "./passkeys.ts";
import { portray } from "./portraits.ts";

/** What a person sits before. */
export type Device = "desk" | "phone";

const DEVICES = {
  desk: { viewport: { width: 1440, height: 900 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true },
} as const;

/** One person and their browser. */
export class Person {
  /** How often this person clicked. */
  clicks = 0;

  private constructor(
    readonly login: Login,
    readonly page: Page,
    readonly passkeys: Passkeys,
    readonly complaints: Complaints,
  ) {}

  /** Somebody who has just opened a browser. */
  static async arrive(
    browser: Browser,
    console: RunningConsole,
    login: Login,
    device: Device,
  ): Promise<Person> {
    const context = await browser.newContext({
      ...DEVICES[device],
      baseURL: console.origin,
      locale: "en-GB",
      colorScheme: "light",
    });
    const complaints = new Complaints();
    const page = await openTab(context, complaints);
    return new Person(login, page, await Passkeys.forTab(page), complaints);
  }

  /** The same person in another tab of the same browser. */
  async inAnotherTab(): Promise<Person> {
    const page = await openTab(this.page.context(), this.complaints);
    const passkeys = await Passkeys.forTab(page);
    await this.passkeys.copyTo(passkeys);
    return new Person(this.login, page, passkeys, this.complaints);
  }

  /** Opens an address as if typed, and waits until the page answers to clicks. */
  async goTo(address: string): Promise<void> {
    await this.page.goto(address);
    await this.awake();
  }

  /** Waits until the page answers to clicks, after it was loaded. */
  async awake(): Promise<void> {
    await expect(this.page.locator("html")).toHaveAttribute("data-awake", "true");
  }

  /** Clicks something, and counts it. */
  async click(target: Locator): Promise<void> {
    this.clicks += 1;
    await target.click();
  }

  /** Clicks into a field, which counts like any click, and writes there. */
  async write(field: Locator, text: string): Promise<void> {
    await this.click(field);
    await field.fill(text);
  }

  /** Goes on to the next field by Tab, which is no click, and writes there. */
  async writeNext(field: Locator, text: string): Promise<void> {
    await this.page.keyboard.press("Tab");
    await expect(field).toBeFocused();
    await field.fill(text);
  }

  /** Does something that may cost so much, and no more. */
  async within<T>(most: Effort, act: () => Promise<T>): Promise<T> {
    let result!: T;
    const { clicks, touches } = await this.effortOf(async () => {
      result = await act();
    });
    expect(clicks, "clicks").toBeLessThanOrEqual(most.clicks);
    expect(touches, "touches").toBeLessThanOrEqual(most.touches);
    return result;
  }

  /** What something costs: clicks and touches. */
  async effortOf(act: () => Promise<void>): Promise<Effort> {
    const before = { clicks: this.clicks, touches: this.passkeys.touches };
    await act();
    return { clicks: this.clicks - before.clicks, touches: this.passkeys.touches - before.touches };
  }

  /** Looks at a page that has loaded: it is accessible, and has its pictures. */
  async look(name: string): Promise<void> {
    await this.awake();
    await expect(this.page.locator(".loading")).toHaveCount(0);
    await expect(this.page.getByRole("heading", { level: 1 }).first()).toBeVisible();
    await portray(this.page, name);
  }

  /** Closes the browser; nobody's browser may have complained. */
  async leave(): Promise<void> {
    await this.page.context().close();
    this.complaints.check();
  }
}

async function openTab(context: BrowserContext, complaints: Complaints): Promise<Page> {
  const page = await context.newPage();
  complaints.listenTo(page);
  return page;
}
