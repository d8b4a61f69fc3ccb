// The real cluster, made ready for journeys: tenants with something wrong in one of them, what people may see there,
// and the console's own power exactly as `sekisho rbac` renders it.

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { expect } from "@playwright/test";

import * as handedOver from "../console/handed-over.ts";
import { output } from "../console/program.ts";

/** What the demo's policy calls its cluster. */
export const CLUSTER = "demo";

const manifest = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** Runs `kubectl` as the cluster's administrator. */
async function kubectl(...args: string[]): Promise<string> {
  return output(handedOver.kubectl(), ["--kubeconfig", handedOver.adminKubeconfig(), ...args]);
}

/** Brings the tenants to the state in which a journey begins. */
export async function prepareCluster(): Promise<void> {
  await kubectl("apply", "--filename", manifest("namespaces.yaml"));
  await kubectl("apply", "--filename", manifest("people.yaml"));
  await applyRbac();
  await expect(accountsAreThere).toPass({ timeout: 30_000 });
  // What an earlier journey left goes first: a ReplicaSet would rather lose the pod that fails.
  await kubectl("delete", "--ignore-not-found", "--filename", manifest("tenants.yaml"));
  await kubectl("apply", "--filename", manifest("tenants.yaml"));
  const rollouts = ["fraud-scoring/scoring-api", "checkout/checkout-api"];
  for (const [namespace, name] of rollouts.map((rollout) => rollout.split("/"))) {
    await kubectl("--namespace", namespace!, "rollout", "status", `deployment/${name}`, "--timeout", "60s");
  }
}

/** Pods can be created in a namespace once it has its account. */
async function accountsAreThere(): Promise<void> {
  for (const namespace of ["checkout", "fraud-scoring"]) {
    await kubectl("--namespace", namespace, "get", "serviceaccount", "default");
  }
}

/** Gives the console the power that reviewed code gives it, and no other. */
async function applyRbac(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "sekisho-rbac-"));
  try {
    const rendered = join(folder, "rbac.yaml");
    const text = await output(handedOver.program(), ["rbac", handedOver.policy(), "--cluster", CLUSTER]);
    await writeFile(rendered, text);
    await kubectl("apply", "--filename", rendered);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
