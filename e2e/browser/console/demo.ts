// `sekisho demo`: a console over its own, made-up cluster.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Login } from "../person/login.ts";
import type { Clock } from "./clock.ts";
import type { RunningConsole } from "./console.ts";
import * as handedOver from "./handed-over.ts";
import { Program } from "./program.ts";

/** What `sekisho demo --json` says once it is ready. */
interface Ready {
  readonly address: string;
  readonly links: Readonly<Record<Login, string>>;
}

/** Starts a demo with nothing in it but what every demo has, which follows such a clock if it is given one. */
export async function startDemo(clock?: Clock): Promise<RunningConsole> {
  const data = await mkdtemp(join(tmpdir(), "sekisho-demo-"));
  const settings = [...["--listen", "127.0.0.1:0"], ...["--data", data], ...["--site", handedOver.site()]];
  const program = Program.start(handedOver.program(), ["demo", "--json", ...settings], clock?.environment);
  const stop = async () => {
    await program.stop();
    await rm(data, { recursive: true, force: true });
  };
  try {
    const ready = JSON.parse(await program.firstLine()) as Ready;
    return {
      origin: ready.address,
      cluster: "demo",
      get words() {
        return program.words;
      },
      link: async (person) => ready.links[person],
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
