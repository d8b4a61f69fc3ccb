// What the console refuses, and how it says so.

import { expect, test } from "../journey.ts";
import { createPasskey, openLink } from "../pages/enrolment.ts";
import { visit } from "../pages/frame.ts";
import { entries, filterByTenant } from "../pages/history.ts";
import { expectWaiting } from "../pages/home.ts";
import {
  approve,
  approveButton,
  denyButton,
  executeButton,
  expectStanding,
  openWaiting,
  standing,
} from "../pages/request.ts";
import { ask, reviewRestart } from "../pages/restart.ts";
import { openPod } from "../pages/tenant.ts";
import { APPROVING } from "../person/effort.ts";
import type { Person } from "../person/person.ts";

const PLEA = { reason: "Its connections hang; a new pod opens fresh ones." };

test("another team's tenant and nonsense are the same page", async ({ people }) => {
  const engineer = await people.enrolled("engineer");
  const addresses = [
    "/tenants/demo/card-vault",
    "/tenants/demo/no-such-tenant",
    "/tenants/elsewhere/checkout",
    "/tenants/demo/card-vault/pods/vault-store-0",
    "/tenants/demo/card-vault/pods/vault-store-0/restart-pod",
    "/tenants/demo/card-vault/statefulset/vault-store",
    "/tenants/demo/checkout/deployment/checkout-web/no-such-action",
    "/nonsense",
  ];
  const seen = new Set<string>();
  // The page itself, and nothing after it: there is nothing to follow.
  const hidden = [{ status: 404, path: /^\/(tenants|nonsense)/ }];
  await engineer.complaints.expecting(hidden, async () => {
    for (const address of addresses) {
      const answer = await engineer.page.goto(address);
      expect(answer?.status(), address).toBe(404);
      await engineer.awake();
      await expect(engineer.page).toHaveTitle("There is nothing here · Sekisho");
      seen.add(await engineer.page.getByRole("main").innerText());
    }
    await engineer.look("not-found");
  });
  expect(seen.size, "different answers").toBe(1);
});

test("a link works once", async ({ console, people }) => {
  const link = await console.link("engineer");
  const first = await people.arrive("engineer");
  await openLink(first, link);
  await createPasskey(first);
  await expect(first.page.getByRole("heading", { name: "Home" })).toBeVisible();

  const second = await people.arrive("engineer");
  await openLink(second, link);
  await second.complaints.expecting([{ status: 410, path: /\/enrolment\/options$/ }], async () => {
    await createPasskey(second);
    await expect(second.page.getByRole("alert")).toContainText("This link cannot be used");
  });
  expect(second.passkeys.touches, "touches asked for").toBe(0);
  await second.look("link-used");
});

test("nobody approves their own request", async ({ people }) => {
  const onCall = await people.enrolled("on-call");
  const pod = await reviewPodOf(onCall, "checkout", "checkout-web-");
  const request = await ask(onCall, pod, PLEA);
  await expectStanding(onCall, "Waits for approval");
  await expect(approveButton(onCall)).toHaveCount(0);

  const options = `/api/v1${request}/signature-options`;
  const answer = await onCall.page.request.post(options, { data: { decision: "approve" } });
  expect(answer.status()).toBe(403);
  expect(await answer.json()).toMatchObject({ code: "own_request" });
});

test("a request whose target was replaced meanwhile is void", async ({ people }) => {
  const [onCall, approver] = [await people.enrolled("on-call"), await people.enrolled("approver")];
  const pod = await reviewPodOf(onCall, "checkout", "checkout-web-");
  const first = await ask(onCall, pod, PLEA);
  await reviewPodOf(onCall, "checkout", pod);
  const second = await ask(onCall, pod, PLEA);

  for (const request of [first, second]) {
    await approver.goTo(request);
    await approve(approver, "");
    await expectStanding(approver, "Approved");
  }
  await onCall.goTo(first);
  await onCall.click(executeButton(onCall, pod));
  await expectStanding(onCall, "Succeeded", 60_000);

  await onCall.goTo(second);
  await expectStanding(onCall, "Void");
  await expect(executeButton(onCall, pod)).toHaveCount(0);
  await onCall.look("request-void");
});

test("an approver sees that the target was replaced while the request waited for them", async ({
  people,
}) => {
  const [onCall, approver] = [await people.enrolled("on-call"), await people.enrolled("approver")];
  const pod = await reviewPodOf(onCall, "checkout", "checkout-web-");
  const first = await ask(onCall, pod, PLEA);
  await openWaiting(approver, pod);
  await approve(approver, "");
  await expectStanding(onCall, "Approved");
  await reviewPodOf(onCall, "checkout", pod);
  const second = await ask(onCall, pod, PLEA);
  await expectStanding(onCall, "Waits for approval");
  await visit(approver, "Home");
  await expectWaiting(approver, 1);

  await onCall.goTo(first);
  await onCall.click(executeButton(onCall, pod));
  await expectStanding(onCall, "Succeeded", 60_000);

  await openWaiting(approver, pod);
  expect(new URL(approver.page.url()).pathname).toBe(second);
  await expect(standing(approver, "Void")).toContainText("The target is gone. Nothing was done.");
  await expect(approveButton(approver)).toHaveCount(0);
  await expect(denyButton(approver)).toHaveCount(0);
  await approver.look("request-void-to-decide");
  const options = `/api/v1${second}/signature-options`;
  const answer = await approver.page.request.post(options, { data: { decision: "approve" } });
  expect(answer.status()).toBe(409);
  expect(await answer.json()).toMatchObject({ code: "wrong_state" });
  await visit(approver, "Home");
  await expectWaiting(approver, 0);
});

test("two tabs carry a request out once", async ({ people }) => {
  const [onCall, approver] = [await people.enrolled("on-call"), await people.enrolled("approver")];
  const pod = await reviewPodOf(onCall, "checkout", "checkout-web-");
  await ask(onCall, pod, PLEA);
  await approver.within(APPROVING, async () => {
    await openWaitingOnHome(approver, pod);
    await approve(approver, "");
    await expectStanding(approver, "Approved");
  });
  await expectStanding(onCall, "Approved");

  const otherTab = await onCall.inAnotherTab();
  await otherTab.goTo(onCall.page.url());
  await expectStanding(otherTab, "Approved");
  // Whichever tab comes second is refused: by the request's state, or because the passkey's counter has moved on.
  const refusals = [
    { status: 409, path: /\/(execution|signature-options)$/ },
    { status: 422, path: /\/execution$/ },
  ];
  await onCall.complaints.tolerating(refusals, async () => {
    await Promise.all([onCall, otherTab].map((tab) => tab.click(executeButton(tab, pod))));
    await Promise.all([onCall, otherTab].map((tab) => expectStanding(tab, "Succeeded", 60_000)));
  });

  await visit(onCall, "History");
  await filterByTenant(onCall, "demo/checkout");
  const outcomes = (await entries(onCall)).map(({ outcome }) => outcome);
  const deeds = outcomes.filter((outcome) => outcome !== "Refused");
  expect(deeds).toEqual(["Succeeded", "Accepted by the cluster", "Intended", "Asked"]);
});

test("an approver's denial ends a request", async ({ people }) => {
  const [onCall, approver] = [await people.enrolled("on-call"), await people.enrolled("approver")];
  const pod = await reviewPodOf(onCall, "checkout", "checkout-web-");
  await ask(onCall, pod, PLEA);
  await openWaitingOnHome(approver, pod);
  const touches = approver.passkeys.touches;
  await approver.click(denyButton(approver));
  await expect(approver.page.getByRole("alert").filter({ hasText: "Say why you refuse" })).toBeVisible();
  await expect(approver.page.getByLabel("Comment")).toBeFocused();
  expect(approver.passkeys.touches, "touches for a denial without a word").toBe(touches);
  await approver.page.getByLabel("Comment").fill("Not during the sale.");
  await approver.click(denyButton(approver));
  await expectStanding(approver, "Denied");
  await expectStanding(onCall, "Denied");
  await expect(onCall.page.getByText("approver refused: “Not during the sale.”")).toBeVisible();
  await expect(executeButton(onCall, pod)).toHaveCount(0);
  await onCall.look("request-denied");
});

/** Opens the review of a restart in a tenant, by the address of the tenant. */
async function reviewPodOf(person: Person, namespace: string, beginning: string): Promise<string> {
  await person.goTo(`/tenants/demo/${namespace}`);
  const pod = await openPod(person, beginning);
  await reviewRestart(person, pod);
  return pod;
}

async function openWaitingOnHome(person: Person, pod: string): Promise<void> {
  await person.goTo("/");
  await openWaiting(person, pod);
}
