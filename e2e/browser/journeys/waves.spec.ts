// Several pods of one request: some of a workload, and all of a node until a budget holds them back.

import { expect, test } from "../journey.ts";
import { chooseAction, showReview, submit } from "../pages/action.ts";
import { approve, expectStanding } from "../pages/request.ts";

test("two pods of a workload are restarted one after the other", async ({ people }) => {
  const onCall = await people.enrolled("on-call");
  const { page } = onCall;
  await onCall.goTo("/tenants/demo/fraud-scoring/deployment/rules-engine");
  await chooseAction(onCall, "Restart pods of rules-engine");
  const pods = page.getByRole("group", { name: "Pods" }).getByRole("checkbox");
  await expect(pods).toHaveCount(2);
  await onCall.click(pods.nth(0));
  await onCall.click(pods.nth(1));
  await onCall.look("pods-to-choose");
  await showReview(onCall);
  await expect(pods.nth(0)).toBeChecked();
  const reach = page.getByRole("region", { name: "How far it reaches" });
  await expect(reach.getByText("goes; its controller starts another one")).toHaveCount(2);
  await onCall.look("pod-by-pod");
  const request = await submit(
    onCall,
    "Ask to restart these pods of rules-engine",
    "Both lost their connection to the feature store.",
  );

  const approver = await people.enrolled("approver");
  await approver.goTo(request);
  await approve(approver, "");
  await expectStanding(onCall, "Approved");
  await onCall.click(page.getByRole("button", { name: "Restart these pods of rules-engine now" }));
  await expectStanding(onCall, "Succeeded", 120_000);
  await expect(page.getByText("others are ready in their place")).toBeVisible();
  await onCall.look("restarted-in-waves");
});

test("a drain that a budget holds back names it, and is stopped", async ({ people }) => {
  const onCall = await people.enrolled("on-call");
  const { page } = onCall;
  await onCall.goTo("/tenants/demo/ledger/pods/journal-0");
  const node = (
    await page
      .getByText(/^node-[abc]-\d$/)
      .first()
      .innerText()
  ).trim();
  await onCall.goTo("/tenants/demo/kube-system");
  await onCall.look("nodes");
  await onCall.click(page.getByRole("link", { name: node, exact: true }));
  await expect(page.getByRole("heading", { level: 1 })).toContainText(node);
  await onCall.look("node");
  await chooseAction(onCall, `Drain node ${node}`);
  await expect(page.getByLabel("Pods with emptyDir data")).toHaveValue("stay");
  await showReview(onCall);
  const reach = page.getByRole("region", { name: "How far it reaches" });
  await expect(reach.getByText("Waits for room in a disruption budget")).toBeVisible();
  await expect(reach.getByText("stays: the kubelet runs it by itself")).toBeVisible();
  await expect(reach.getByText("demo/ledger")).toBeVisible();
  await onCall.look("drain");
  const request = await submit(onCall, `Ask to drain ${node}`, "Its disk reports errors.");

  const approver = await people.enrolled("approver");
  await approver.goTo(request);
  await approver.look("drain-through-other-tenants");
  await approve(approver, "");
  await expectStanding(onCall, "Approved");
  await onCall.click(page.getByRole("button", { name: `Drain ${node} now` }));
  const held = page.getByRole("listitem").filter({ hasText: "ledger/journal" });
  await expect(held).toContainText("holds pods back", { timeout: 60_000 });
  await onCall.look("held-back");
  await onCall.click(page.getByRole("button", { name: "Send no further wave" }));
  await expectStanding(onCall, "Failed", 60_000);
  await expect(page.getByText("on-call stopped it")).toBeVisible();
  await expect(page.getByText(/\d+ of \d+ pods are gone or going/)).toBeVisible();
  await onCall.look("drain-stopped");
  await onCall.click(page.getByRole("link", { name: `Ask again: Drain node ${node}` }));
  await expect(page.getByLabel("Pods with emptyDir data")).toHaveValue("stay");
  await expect(reach.getByText("Waits for room in a disruption budget")).toBeVisible();
});
