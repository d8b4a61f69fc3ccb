// Roles for a time: asked for by an engineer, approved by an owner, used with what is handed out, given back.

import { expect, test } from "../journey.ts";
import { askForRole, expectGrant, listPods, makeKubeconfig } from "../pages/grant.ts";
import { approveButton } from "../pages/request.ts";

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
