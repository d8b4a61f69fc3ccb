// A program that runs beside a journey, and what it says. Only what was started here is ever stopped.

import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { promisify } from "node:util";

/** How long a program may take until it says that it is ready. */
const READY_WITHIN = 60_000;
/** How long a program may take to end when it is asked to. */
const ENDED_WITHIN = 10_000;

/** A running program. */
export class Program {
  private readonly said: string[] = [];

  private constructor(
    private readonly name: string,
    private readonly process: ChildProcess,
  ) {
    process.stderr?.setEncoding("utf8").on("data", (text: string) => this.said.push(text));
  }

  /** Starts a program whose output is only for people: what it says is kept for the report of a failed journey. */
  static start(path: string, args: string[], environment: Readonly<Record<string, string>> = {}): Program {
    const env = { ...process.env, ...environment };
    const started = spawn(path, args, { env, stdio: ["ignore", "pipe", "pipe"] });
    return new Program(`${path} ${args.join(" ")}`, started);
  }

  /** Everything that it wrote for people. */
  get words(): string {
    return this.said.join("");
  }

  /** The first line that it writes for other programs. */
  async firstLine(): Promise<string> {
    const late = AbortSignal.timeout(READY_WITHIN);
    const lines = createInterface({ input: this.process.stdout! });
    const line = once(lines, "line", { signal: late }).then(([line]) => String(line));
    const ended = once(this.process, "exit", { signal: late }).then(([code]) => {
      throw new Error(`it ended with ${code}`);
    });
    try {
      return await Promise.race([line, ended]);
    } catch (cause) {
      throw new Error(`${this.name} did not become ready:\n${this.words}`, { cause });
    }
  }

  /** Asks it to end, and insists if it does not. */
  async stop(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const exited = once(this.process, "exit", { signal: AbortSignal.timeout(ENDED_WITHIN) });
    this.process.kill("SIGTERM");
    await exited.catch(() => this.process.kill("SIGKILL"));
  }
}

/** Runs a program to its end and returns what it wrote; its failure is ours. */
export async function output(path: string, args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(path, args, { maxBuffer: 64 * 1024 * 1024 });
  return stdout;
}
