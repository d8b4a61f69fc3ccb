// Roles for a time: asked for by an engineer, approved by an owner, used with what is handed out, given back.

import { expect, test } from "../journey.ts";
import {
  askForMoreTime,
  askForRole,
  expectGrant,
  listPods,
  makeKubeconfig,
  revokeFirstToken,
} from "../pages/grant.ts";
import { approveButton } from "../pages/request.ts";
import { askWhoCan, lineOf, openWhoCan } from "../pages/who-can.ts";

test("a role is asked for, given, used in its tenant alone, and given back", async ({ people }) => {
  const engineer = await people.enrolled("engineer");
  const approver = await people.enrolled("approver");
  await engineer.goTo("/tenants/demo/checkout");
  const grant = await askForRole(engineer, "debug", "The connection pool leaks; I want to look inside.");

  await approver.goTo("/");
  await approver.click(
    approver.page
      .getByRole("region", { name: "Roles that wait for you" })
      .getByRole("link", { name: "debug" }),
  );
  await expect(approver.page.getByRole("region", { name: "What its holder may do" })).toContainText(
    "pods/exec",
  );
  await approver.look("role-to-decide");
  await approver.click(approveButton(approver));

  await expectGrant(approver, "Held");
  await engineer.goTo(grant);
  await expectGrant(engineer, "Held");
  const kubeconfig = await makeKubeconfig(engineer);
  await engineer.look("role-held");
  expect(await listPods(kubeconfig, "checkout")).toBe(200);
  expect(await listPods(kubeconfig, "ledger")).toBe(403);

  await engineer.click(engineer.page.getByRole("button", { name: "Give it back" }));
  await expectGrant(engineer, "Ended");
  expect([401, 403]).toContain(await listPods(kubeconfig, "checkout"));
  await engineer.goTo("/access");
  await expect(engineer.page.getByRole("row").filter({ hasText: "debug" })).toContainText("Ended");
  await engineer.look("my-access");
});

test("more time takes the place of a role, and security ends it by its token", async ({ people }) => {
  const engineer = await people.enrolled("engineer");
  const approver = await people.enrolled("approver");
  await engineer.goTo("/tenants/demo/checkout");
  const first = await askForRole(engineer, "debug", "The connection pool leaks; I want to look inside.");
  await approver.goTo(first);
  await approver.click(approveButton(approver));
  await expectGrant(approver, "Held");

  await openWhoCan(approver, "demo/checkout");
  await askWhoCan(approver, "create", "pods/exec");
  await expect(lineOf(approver, "temporary role debug")).toContainText("engineer");
  await expect(lineOf(approver, "temporary role debug")).toContainText("Reaches Secrets");
  await approver.look("who-can");

  await engineer.goTo(first);
  const second = await askForMoreTime(engineer, "It leaks on.");
  await approver.goTo(second);
  await approver.look("more-time-to-decide");
  await approver.click(approveButton(approver));
  await expectGrant(approver, "Held");
  await engineer.goTo(first);
  await expectGrant(engineer, "Ended");
  await engineer.goTo(second);
  const kubeconfig = await makeKubeconfig(engineer);
  expect(await listPods(kubeconfig, "checkout")).toBe(200);

  const security = await people.enrolled("security");
  await revokeFirstToken(security);
  await engineer.goTo(second);
  await expectGrant(engineer, "Ended");
  expect([401, 403]).toContain(await listPods(kubeconfig, "checkout"));
});
