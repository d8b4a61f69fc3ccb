// The morning after: what an engineer who opened a session alone owes, and what stays closed to them until it is filed.

import { expect, testOverDays as test } from "../journey.ts";
import { approveButton } from "../pages/request.ts";
import {
  EMERGENCY,
  closeSession,
  declare,
  expectSession,
  fileAccount,
  judgeJustified,
  openAloneButton,
  openReview,
} from "../pages/session.ts";
import { signIn, signOut } from "../pages/signing-in.ts";

test("while an account is overdue one opens nothing alone; an approver still opens it, and filing it ends that", async ({
  people,
  clock,
}) => {
  const onCall = await people.enrolled("on-call");
  const approver = await people.enrolled("approver");
  const security = await people.enrolled("security");

  const night = await test.step("at night, alone", async () => {
    const session = await declare(onCall, "demo/checkout", EMERGENCY);
    await onCall.click(openAloneButton(onCall));
    await expectSession(onCall, "Live");
    await closeSession(onCall);
    await expectSession(onCall, "Ended");
    for (const person of [onCall, approver, security]) await signOut(person);
    return session;
  });

  await test.step("a day and an hour later", async () => {
    await clock.advance(25);
    for (const person of [onCall, approver, security]) await signIn(person);
    await onCall.look("home-with-an-account-overdue");
  });

  await test.step("alone, nothing is opened; with an approver it is", async () => {
    const second = await declare(onCall, "demo/checkout", { ...EMERGENCY, incident: "INC-4712" });
    await expect(onCall.page.getByText("Your account of an earlier session is overdue.")).toBeVisible();
    await expect(openAloneButton(onCall)).toHaveCount(0);
    await onCall.look("break-glass-closed-by-an-account");
    await approver.goTo(second);
    await approver.click(approveButton(approver));
    await expectSession(approver, "Live");
    await closeSession(approver);
    await expectSession(approver, "Ended");
  });

  await test.step("security sees the night, and that nothing was told of it", async () => {
    await openReview(security, "on-call", "INC-4711");
    await expect(security.page.getByText("The account is overdue")).toBeVisible();
    await security.look("review-without-an-account");
  });

  await test.step("once it is filed, the way is open again", async () => {
    await onCall.goTo(night);
    await fileAccount(onCall, "The pool leaks connections.", "Looked, and called the owners.");
    await openReview(security, "on-call", "INC-4711");
    await judgeJustified(security);
    await declare(onCall, "demo/checkout", { ...EMERGENCY, incident: "INC-4713" });
    await onCall.click(openAloneButton(onCall));
    await expectSession(onCall, "Live");
  });
});
