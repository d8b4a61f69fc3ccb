// The clock of a program that runs beside a journey, where days have to go by while somebody looks on.

import { mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import * as handedOver from "./handed-over.ts";

/** A clock that goes with the machine's until it is told to go ahead. */
export class Clock {
  private hours = 0;

  private constructor(private readonly folder: string) {}

  /** A clock that shows what the machine's does. */
  static async set(): Promise<Clock> {
    const clock = new Clock(await mkdtemp(join(tmpdir(), "sekisho-clock-")));
    await clock.show();
    return clock;
  }

  /** What makes a program follow it. How long something takes is still told by the machine. */
  get environment(): Readonly<Record<string, string>> {
    return {
      LD_PRELOAD: handedOver.faketime(),
      FAKETIME_TIMESTAMP_FILE: this.file,
      FAKETIME_NO_CACHE: "1",
      FAKETIME_DONT_FAKE_MONOTONIC: "1",
      NO_FAKE_STAT: "1",
    };
  }

  /** Goes ahead. */
  async advance(hours: number): Promise<void> {
    this.hours += hours;
    await this.show();
  }

  /** Takes it down. */
  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  private get file(): string {
    return join(this.folder, "time");
  }

  /** At once, since the program may be looking. */
  private async show(): Promise<void> {
    const next = join(this.folder, "next");
    await writeFile(next, `+${this.hours}h`);
    await rename(next, this.file);
  }
}
