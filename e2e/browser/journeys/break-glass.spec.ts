// The worst night of the year: somebody alone takes emergency power, everybody sees it, and somebody else judges it.

import { expect, test } from "../journey.ts";
import { listPods, makeKubeconfig } from "../pages/grant.ts";
import { executeButton, expectStanding } from "../pages/request.ts";
import { ask, reviewRestart } from "../pages/restart.ts";
import {
  EMERGENCY,
  banner,
  closeSession,
  declare,
  declareMore,
  expectSession,
  fileAccount,
  judgeJustified,
  openAloneButton,
  openReview,
} from "../pages/session.ts";
import { openFailingPod } from "../pages/tenant.ts";

test("a lone engineer at night, and the review of it by somebody else", async ({ people }) => {
  const onCall = await people.enrolled("on-call");
  const engineer = await people.enrolled("engineer");

  const session = await test.step("declared and opened by one touch", async () => {
    const address = await declare(onCall, "demo/checkout", EMERGENCY);
    await onCall.look("break-glass-declared");
    const effort = await onCall.effortOf(async () => {
      await onCall.click(openAloneButton(onCall));
      await expectSession(onCall, "Live");
    });
    expect(effort).toEqual({ clicks: 1, touches: 1 });
    return address;
  });
  const kubeconfig = await makeKubeconfig(onCall);
  await onCall.look("break-glass-live");
  expect(await listPods(kubeconfig, "checkout")).toBe(200);
  expect(await listPods(kubeconfig, "ledger")).toBe(403);

  await test.step("the tenant's own people see it wherever they are", async () => {
    await engineer.goTo("/account");
    await expect(banner(engineer)).toContainText(
      "on-call broke glass in demo/checkout: view-metadata, alone",
    );
    await engineer.look("break-glass-banner");
  });

  await test.step("an action there needs nobody else", async () => {
    await onCall.goTo("/tenants/demo/checkout");
    const pod = await openFailingPod(onCall);
    await reviewRestart(onCall, pod);
    await ask(onCall, pod, { reason: "It crashes over and over." });
    await expectStanding(onCall, "Approved");
    await onCall.look("request-in-session");
    await onCall.click(executeButton(onCall, pod));
    await expectStanding(onCall, "Succeeded", 60_000);
  });

  await test.step("closed, and told of", async () => {
    await onCall.goTo(session);
    await closeSession(onCall);
    await expectSession(onCall, "Ended");
    expect([401, 403]).toContain(await listPods(kubeconfig, "checkout"));
    await fileAccount(onCall, "The pool leaks connections.", "Restarted the pod that crashed.");
  });

  await test.step("an owner who was no part of it judges it", async () => {
    const approver = await people.enrolled("approver");
    await openReview(approver, "on-call");
    await expect(approver.page.getByRole("main")).toContainText("The pool leaks connections.");
    await expect(approver.page.getByRole("main")).toContainText("Restart pod");
    await approver.look("review");
    await judgeJustified(approver);
    await approver.look("review-judged");
    await engineer.goTo("/account");
    await expect(banner(engineer)).toHaveCount(0);
  });
});

test("two sessions that nobody reviewed close opening alone, until security judged one", async ({
  people,
}) => {
  const onCall = await people.enrolled("on-call");
  for (const incident of ["INC-1", "INC-2"]) {
    await declare(onCall, "demo/checkout", { ...EMERGENCY, incident });
    await onCall.click(openAloneButton(onCall));
    await expectSession(onCall, "Live");
    await closeSession(onCall);
    await expectSession(onCall, "Ended");
  }
  const third = await declare(onCall, "demo/checkout", { ...EMERGENCY, incident: "INC-3" });
  await expect(onCall.page.getByText("Two of your sessions wait for their review.")).toBeVisible();
  await expect(openAloneButton(onCall)).toHaveCount(0);
  await onCall.look("break-glass-closed-to-one-alone");

  const security = await people.enrolled("security");
  await openReview(security, "on-call");
  await judgeJustified(security);

  await onCall.goTo(third);
  await onCall.click(openAloneButton(onCall));
  await expectSession(onCall, "Live");
});

test("the smallest role does not serve: the next one takes a touch of its own, and one press ends both", async ({
  people,
}) => {
  const onCall = await people.enrolled("on-call");
  const first = await declare(onCall, "demo/checkout", EMERGENCY);
  await onCall.click(openAloneButton(onCall));
  await expectSession(onCall, "Live");
  await declareMore(onCall, "debug", "Look inside the container that hangs.");
  await onCall.click(openAloneButton(onCall));
  await expectSession(onCall, "Live");
  await onCall.look("break-glass-gone-on");
  const kubeconfig = await makeKubeconfig(onCall);
  expect(await listPods(kubeconfig, "checkout")).toBe(200);
  await onCall.goTo("/account");
  await expect(banner(onCall)).toContainText("on-call broke glass in demo/checkout: debug, alone");
  await expect(banner(onCall).getByRole("listitem")).toHaveCount(1);

  await onCall.goTo(first);
  await closeSession(onCall);
  await expectSession(onCall, "Ended");
  expect([401, 403]).toContain(await listPods(kubeconfig, "checkout"));
  await expect(banner(onCall)).toHaveCount(0);
  const approver = await people.enrolled("approver");
  await openReview(approver, "on-call");
  await expect(approver.page.getByRole("region", { name: "How it went" })).toContainText("debug");
  await approver.look("review-of-two-steps");
  await judgeJustified(approver);
});

test("a drill goes as in earnest, gives nothing, and says so", async ({ people }) => {
  const onCall = await people.enrolled("on-call");
  const engineer = await people.enrolled("engineer");
  await declare(onCall, "demo/checkout", EMERGENCY, "as a drill");
  await onCall.click(openAloneButton(onCall));
  await expectSession(onCall, "Live");
  await expect(onCall.page.getByText("Nothing of it is power")).toBeVisible();
  await expect(onCall.page.getByRole("button", { name: "Make a kubeconfig" })).toHaveCount(0);
  await onCall.look("drill");
  await engineer.goTo("/account");
  await expect(banner(engineer)).toContainText("Drill: on-call practises break-glass in demo/checkout");

  await closeSession(onCall);
  await expectSession(onCall, "Ended");
  await fileAccount(onCall, "The page reached nobody's phone.", "Practised.");
  const approver = await people.enrolled("approver");
  await openReview(approver, "on-call");
  await expect(approver.page.getByText("This is a drill")).toBeVisible();
  await judgeJustified(approver);
});
