// What else people do in the console: letting somebody in and out, and having it their own way.

import { expect, test } from "../journey.ts";
import { enrol } from "../pages/enrolment.ts";
import { expectLive, visit, wayTo } from "../pages/frame.ts";

test("an admin lets somebody in, and locks them out at once", async ({ people }) => {
  const admin = await people.enrolled("admin");
  await visit(admin, "People");
  await admin.click(admin.page.getByRole("button", { name: "Make an enrolment link for approver" }));
  const notice = admin.page.getByRole("status").filter({ hasText: "A link for approver" });
  const link = await notice.locator("code").innerText();
  await admin.look("people-link");

  const approver = await people.arrive("approver");
  await enrol(approver, link);
  await expectLive(approver);

  await approver.complaints.tolerating([{ status: 401, path: /./ }], async () => {
    await admin.click(admin.page.getByRole("button", { name: "Lock approver" }));
    await expect(admin.page.getByRole("row", { name: /^approver/ })).toContainText("Locked");
    await expect(approver.page.getByRole("heading", { name: "Sign in to go on" })).toBeVisible();
    await expect(approver.page.getByRole("heading", { level: 1 })).toHaveCount(1);
    await expect(approver.page.getByRole("navigation")).toHaveCount(0);
    await approver.look("signed-out");
  });
});

test("a person keeps their language and theme", async ({ people }) => {
  const engineer = await people.enrolled("engineer");
  const { page } = engineer;
  await engineer.goTo("/account");
  await page.getByRole("combobox", { name: "Theme" }).selectOption("dark");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.getByRole("combobox", { name: "Language" }).selectOption("日本語");
  await expect(page.locator("html")).toHaveAttribute("lang", "ja");
  await engineer.goTo("/");
  await expect(page.getByRole("heading", { name: "ホーム" })).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(page.locator("html")).toHaveAttribute("lang", "ja");
  await engineer.look("home-ja");
  await engineer.goTo("/tenants/demo/checkout");
  await engineer.look("tenant-ja");
});

test("pods are searched and sorted by the address of the page", async ({ people }) => {
  const engineer = await people.enrolled("engineer");
  const { page } = engineer;
  await engineer.goTo("/tenants/demo/checkout");
  const rows = page.getByRole("region", { name: "Pods" }).locator("tbody tr");
  await expect(rows).toHaveCount(12);
  await page.getByLabel("Search").fill("basket");
  await engineer.click(page.getByRole("button", { name: "Show" }));
  await expect(rows).toHaveCount(2);
  await page.reload();
  await engineer.awake();
  await expect(rows).toHaveCount(2);
  await expect(page.getByLabel("Search")).toHaveValue("basket");
  await page.getByLabel("Search").fill("no such pod");
  await engineer.click(page.getByRole("button", { name: "Show" }));
  await expect(page.getByText("No pod matches “no such pod”.")).toBeVisible();
  await engineer.look("tenant-no-match");
});

test("whoever may mend notifications has a way to what does not arrive, and nobody else", async ({
  people,
}) => {
  for (const login of ["security", "admin"] as const) {
    const mender = await people.enrolled(login);
    await visit(mender, "Notifications");
    await expect(mender.page.getByRole("main").getByText("Everything arrives")).toBeVisible();
  }
  const engineer = await people.enrolled("engineer");
  await expect(wayTo(engineer, "History")).toBeVisible();
  await expect(wayTo(engineer, "Notifications")).toHaveCount(0);
});

test("requests and one's own account have their pages", async ({ people }) => {
  const onCall = await people.enrolled("on-call");
  await visit(onCall, "Requests");
  await expect(onCall.page.getByText("No request yet")).toBeVisible();
  await visit(onCall, "Account");
  await onCall.page.getByLabel("What to call the new one").fill("Blue security key");
  await expect(onCall.page.getByText("The last passkey cannot be removed.")).toBeVisible();
  await expect(onCall.page.getByRole("row", { name: /this one/ })).toHaveCount(1);
});
