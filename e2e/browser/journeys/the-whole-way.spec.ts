// The whole way, by two people and a third who looks afterwards: passkey, tenants, a failing pod, a request, a signature,
// one touch, the replacement, the history. Over the demo's cluster and over a real one.

import { expect, test } from "../journey.ts";
import { expectLive, visit } from "../pages/frame.ts";
import { entries, filterByTenant } from "../pages/history.ts";
import { expectWaiting } from "../pages/home.ts";
import { approve, executeButton, expectStanding, openWaiting, review } from "../pages/request.ts";
import { ask, reviewRestart } from "../pages/restart.ts";
import { signIn, signOut } from "../pages/signing-in.ts";
import { openFailingPod, openTenant } from "../pages/tenant.ts";
import { APPROVING_WITH_COMMENT, ASKING, ASKING_FROM_TENANT } from "../person/effort.ts";
import type { Person } from "../person/person.ts";

test("from a link to an observed outcome and its history", async ({ console, people }) => {
  const tenant = `${console.cluster}/checkout`;
  const onCall = await people.enrolled("on-call");
  const approver = await people.enrolled("approver");
  await expectLive(approver);
  await expectWaiting(approver, 0);

  const { pod, request } = await test.step("on-call finds the failing pod and asks", () =>
    askForRestart(onCall, tenant));

  await test.step("the approver's home, open all the while, counts it", () => expectWaiting(approver, 1));

  await test.step("the approver sees the same review and signs", () =>
    approver.within(APPROVING_WITH_COMMENT, async () => {
      await openWaiting(approver, pod);
      expect(await review(approver)).toEqual(await review(onCall));
      await approver.look("request-to-decide");
      await approve(approver, "The same happened last week; a restart cleared it.");
      await expectStanding(approver, "Approved");
    }));

  await test.step("on-call carries it out with one click and one touch", async () => {
    await expectStanding(onCall, "Approved");
    await onCall.look("request-approved");
    const effort = await onCall.effortOf(async () => {
      await onCall.click(executeButton(onCall, pod));
      await expectStanding(onCall, "Succeeded", 60_000);
    });
    expect(effort).toEqual({ clicks: 1, touches: 1 });
  });

  await test.step("both pages followed by themselves to the outcome", async () => {
    await expectStanding(approver, "Succeeded");
    await onCall.look("request-succeeded");
    await openReplacement(onCall, pod);
  });

  await test.step("security finds every entry", async () => {
    const security = await people.enrolled("security");
    await findEntries(security, tenant);
    await security.click(security.page.getByRole("link", { name: "Open the request" }).first());
    await expectStanding(security, "Succeeded");
    expect(new URL(security.page.url()).pathname).toBe(request);
  });

  await test.step("signing in again takes no name", async () => {
    await signOut(approver);
    await signIn(approver);
    await visit(approver, "History");
    const own = await entries(approver);
    expect(own.map(({ who }) => who)).toEqual(own.map(() => "approver"));
    expect(own.map(({ what }) => what)).toEqual(["Sign in", "Sign out", "Restart pod", "Enrol a passkey"]);
  });
});

async function askForRestart(onCall: Person, tenant: string): Promise<{ pod: string; request: string }> {
  await expectLive(onCall);
  await onCall.look("home");
  await visit(onCall, "Tenants");
  await openTenant(onCall, tenant);
  const asked = await onCall.within(ASKING_FROM_TENANT, async () => {
    const pod = await openFailingPod(onCall);
    const request = await onCall.within(ASKING, () => askOnPage(onCall, pod));
    return { pod, request };
  });
  await expectLive(onCall);
  await onCall.look("request-waiting");
  return asked;
}

/** From the page of the pod to the request. */
async function askOnPage(onCall: Person, pod: string): Promise<string> {
  await reviewRestart(onCall, pod);
  const request = await ask(onCall, pod, {
    reason: "It fails on its cached catalogue; a new pod fetches a fresh one.",
    ticket: "INC-2041",
  });
  await expectStanding(onCall, "Waits for approval");
  return request;
}

async function openReplacement(onCall: Person, pod: string): Promise<void> {
  const link = onCall.page.getByRole("link", { name: /^Open .+/ });
  const replacement = (await link.innerText()).replace(/^Open /, "").trim();
  expect(replacement).not.toBe(pod);
  await onCall.click(link);
  await expect(onCall.page.getByRole("heading", { level: 1, name: replacement })).toBeVisible();
  await expect(onCall.page.getByRole("main").getByText("Running", { exact: true }).first()).toBeVisible();
}

async function findEntries(security: Person, tenant: string): Promise<void> {
  await visit(security, "History");
  const people = await entries(security);
  for (const who of ["on-call", "approver", "security"]) {
    expect(people).toContainEqual({ what: "Enrol a passkey", outcome: "Succeeded", who });
  }
  await filterByTenant(security, tenant);
  expect(await entries(security)).toEqual([
    { what: "Restart pod", outcome: "Succeeded", who: "on-call" },
    { what: "Restart pod", outcome: "Accepted by the cluster", who: "on-call" },
    { what: "Restart pod", outcome: "Intended", who: "on-call" },
    { what: "Restart pod", outcome: "Approved", who: "approver" },
    { what: "Restart pod", outcome: "Asked", who: "on-call" },
  ]);
}
