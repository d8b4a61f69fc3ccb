// `sekisho serve`: a console over a real cluster and Postgres, with the demo's people and tenants.

import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { CLUSTER, prepareCluster } from "../cluster/real.ts";
import type { Login } from "../person/login.ts";
import type { RunningConsole } from "./console.ts";
import * as handedOver from "./handed-over.ts";
import { Program, output } from "./program.ts";

/** Starts a console over the real cluster, on the database that was handed over. */
export async function startReal(): Promise<RunningConsole> {
  await prepareCluster();
  const owner = ["--owner-database", handedOver.ownerDatabase()];
  await output(handedOver.program(), ["migrate", ...owner, "--runtime-role", handedOver.runtimeRole()]);
  const data = await mkdtemp(join(tmpdir(), "sekisho-real-"));
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const settings = [
    ...["--origin", origin],
    ...["--listen", `127.0.0.1:${port}`],
    ...["--data", data],
    ...["--database", handedOver.database()],
    ...["--policy", handedOver.policy()],
    ...["--site", handedOver.site()],
    ...["--cluster", CLUSTER],
    ...["--kubeconfig", handedOver.consoleKubeconfig()],
  ];
  const program = Program.start(handedOver.program(), ["serve", ...settings]);
  const stop = async () => {
    await program.stop();
    await rm(data, { recursive: true, force: true });
  };
  try {
    await program.firstLine();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    origin,
    cluster: CLUSTER,
    get words() {
      return program.words;
    },
    link: async (person: Login) => {
      const link = await output(handedOver.program(), ["invite", person, ...settings]);
      return link.trim();
    },
    stop,
  };
}

/** A port of this machine that nobody listens on. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}
