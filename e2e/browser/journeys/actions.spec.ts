// Actions: a guard rail that two signatures lift, a way back that is chosen by its diff, a restart that helps nothing.

import { expect, test } from "../journey.ts";
import { changeOf, chooseAction, showReview, submit } from "../pages/action.ts";
import { approve, executeButton, expectStanding, lastLines } from "../pages/request.ts";
import { ask, reviewRestart } from "../pages/restart.ts";
import { openFailingPod } from "../pages/tenant.ts";

test("a scale that a guard rail refuses is lifted by two signatures", async ({ people }) => {
  const onCall = await people.enrolled("on-call");
  const { page } = onCall;
  await onCall.goTo("/tenants/demo/fraud-scoring/deployment/rules-engine");
  await chooseAction(onCall, "Scale rules-engine");
  await expect(page.getByLabel("Replicas")).toHaveValue("2");
  await page.getByLabel("Replicas").fill("5");
  await showReview(onCall);
  await expect(changeOf(onCall, "spec.replicas")).toContainText("5");
  const lift = page.getByRole("checkbox");
  await expect(lift).toHaveCount(1);
  await onCall.look("guard-rail");
  await onCall.click(lift);
  const request = await submit(onCall, "Ask to scale rules-engine", "Scoring lags behind since the outage.");
  await expectStanding(onCall, "Waits for approval");

  for (const [login, standing] of [
    ["approver", "Waits for approval"],
    ["second-on-call", "Approved"],
  ] as const) {
    const person = await people.enrolled(login);
    await person.goTo(request);
    await expect(person.page.getByText("150 %")).toBeVisible();
    await person.look("guard-rail-to-lift");
    await approve(person, "");
    await expectStanding(person, standing);
  }

  await expectStanding(onCall, "Approved");
  await onCall.click(page.getByRole("button", { name: "Scale rules-engine now" }));
  await expectStanding(onCall, "Succeeded", 60_000);
  await onCall.look("scaled");
});

test("a stuck rollout is rolled back to the revision that its diff shows", async ({ people }) => {
  const onCall = await people.enrolled("on-call");
  const { page } = onCall;
  await onCall.goTo("/tenants/demo/payouts/deployment/payouts-api");
  await onCall.look("workload");
  await chooseAction(onCall, "Roll payouts-api back");
  const good = page.locator(".choice").filter({ hasText: "3.31.0" }).first();
  await expect(good).toContainText("image");
  await onCall.click(good.getByRole("radio"));
  await onCall.look("revisions");
  await showReview(onCall);
  await expect(changeOf(onCall, "].image")).toContainText("3.31.0");
  await onCall.look("rollback");
  const request = await submit(
    onCall,
    "Ask to roll payouts-api back",
    "The new version never becomes ready.",
  );

  const approver = await people.enrolled("approver");
  await approver.goTo(request);
  await expect(changeOf(approver, "].image")).toContainText("3.31.0");
  await approve(approver, "");
  await expectStanding(onCall, "Approved");
  await onCall.click(page.getByRole("button", { name: "Roll payouts-api back now" }));
  await expect(page.getByRole("list", { name: "How far it has come" })).toContainText("Accepted");
  await onCall.look("under-way");
  await expectStanding(onCall, "Succeeded", 90_000);
  await onCall.look("rolled-back");
});

test("a restart that helps nothing shows why, to whom the cluster lets read it", async ({ people }) => {
  const onCall = await people.enrolled("on-call");
  await onCall.goTo("/tenants/demo/fraud-scoring");
  const pod = await openFailingPod(onCall);
  await reviewRestart(onCall, pod);
  const request = await ask(onCall, pod, {
    reason: "Scores are stale since it crashes.",
    ticket: "INC-2042",
  });

  const approver = await people.enrolled("approver");
  await approver.goTo(request);
  await approve(approver, "");
  await expectStanding(onCall, "Approved");
  await onCall.click(executeButton(onCall, pod));
  await expectStanding(onCall, "Failed", 60_000);
  await expect(lastLines(onCall)).toContainText("memory is short");
  await onCall.look("failed");

  const security = await people.enrolled("security");
  await security.goTo(request);
  await expectStanding(security, "Failed");
  await expect(lastLines(security)).toContainText("your own user needs get on pods/log");
  await security.look("failed-without-lines");
});
