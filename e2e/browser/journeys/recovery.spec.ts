// Somebody lost every passkey: two others let them in again, and for a day their word counts for little.

import { expect, test } from "../journey.ts";
import { enrol } from "../pages/enrolment.ts";
import {
  askForRecovery,
  expectRecovery,
  judgeRecovery,
  makeLink,
  openWaitingRecovery,
  ownRecovery,
  signRecovery,
  stopOwnRecovery,
} from "../pages/recovery.ts";
import { approveButton, expectStanding } from "../pages/request.ts";
import { ask, reviewRestart } from "../pages/restart.ts";
import { openFailingPod } from "../pages/tenant.ts";

test("an admin and a team mate let somebody in again, and security judges it", async ({ people }) => {
  const before = await people.enrolled("approver");
  const mate = await people.enrolled("engineer");
  const security = await people.enrolled("security");
  const admin = await people.enrolled("admin");

  const request = await test.step("a request waits for whoever will be recovered", async () => {
    const onCall = await people.enrolled("on-call");
    await onCall.goTo("/tenants/demo/checkout");
    const pod = await openFailingPod(onCall);
    await reviewRestart(onCall, pod);
    return ask(onCall, pod, { reason: "It crashes over and over." });
  });

  const recovery = await askForRecovery(admin, "approver", "The laptop was stolen; we spoke by video.");
  await expectRecovery(admin, "Waits for signatures");

  await test.step("the person sees it wherever they are, while their passkey works", async () => {
    await before.goTo("/account");
    await expect(ownRecovery(before)).toBeVisible();
    await before.look("recovery-of-oneself");
  });

  await test.step("two others sign, each with one touch", async () => {
    await openWaitingRecovery(mate, "approver");
    await mate.look("recovery-to-sign");
    const effort = await mate.effortOf(async () => {
      await signRecovery(mate);
      await expect(mate.page.getByText("Signed as team mate")).toBeVisible();
    });
    expect(effort).toEqual({ clicks: 1, touches: 1 });
    await admin.goTo(recovery);
    await signRecovery(admin);
    await expectRecovery(admin, "Both signed");
  });

  const link = await makeLink(admin);
  await admin.look("recovery-link");
  const after = await people.arrive("approver");
  await test.step("the old passkey and its session are of no more use", async () => {
    await before.complaints.tolerating([{ status: 401, path: /./ }], async () => {
      await enrol(after, link);
      await before.goTo("/account");
      await before.click(before.page.getByRole("button", { name: "Sign in with a passkey" }));
      await expect(before.page.getByText("You could not be signed in")).toBeVisible();
    });
  });

  await test.step("for a day they approve nothing", async () => {
    await after.goTo(request);
    await expectStanding(after, "Waits for approval");
    const lately = [{ status: 403, path: /signature-options$/ }];
    await after.complaints.expecting(lately, async () => {
      await after.click(approveButton(after));
      await expect(after.page.getByText("Until then somebody else must approve")).toBeVisible();
    });
    await after.look("recovered-lately");
  });

  await judgeRecovery(security, "approver");
  await security.look("recovery-judged");
});

test("whoever still has their passkey stops it with one click", async ({ people }) => {
  const engineer = await people.enrolled("engineer");
  const admin = await people.enrolled("admin");
  await askForRecovery(admin, "engineer", "Somebody called and said so.");
  await engineer.goTo("/");
  await expect(ownRecovery(engineer)).toBeVisible();
  await stopOwnRecovery(engineer);
  await expectRecovery(admin, "Stopped");
});
