// What a role hands out, in the hands of `kubectl` and over a real cluster.

import { expect, test } from "../journey.ts";
import { askForRole, expectGrant, getPods, makeKubeconfig } from "../pages/grant.ts";
import { approveButton } from "../pages/request.ts";

test("kubectl works with what is handed out, in its tenant alone, until it is given back", async ({
  console,
  people,
}) => {
  const engineer = await people.enrolled("engineer");
  const approver = await people.enrolled("second-on-call");
  await engineer.goTo(`/tenants/${console.cluster}/checkout`);
  const grant = await askForRole(engineer, "debug", "The connection pool leaks; I want to look inside.");
  await approver.goTo(grant);
  await approver.click(approveButton(approver));
  await expectGrant(approver, "Held");

  await engineer.goTo(grant);
  const kubeconfig = await makeKubeconfig(engineer);
  expect(await getPods(kubeconfig, "checkout")).toBe("listed");
  expect(await getPods(kubeconfig, "fraud-scoring")).toBe("refused");

  await engineer.goTo("/access");
  await engineer.click(
    engineer.page.getByRole("button", { name: `Give it back: debug in ${console.cluster}/checkout` }),
  );
  await engineer.goTo(grant);
  await expectGrant(engineer, "Ended");
  expect(await getPods(kubeconfig, "checkout")).toBe("refused");
});
