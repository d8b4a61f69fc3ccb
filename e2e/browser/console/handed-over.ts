// What `cargo xtask test browser` hands over to the journeys. They find nothing by themselves and know no address.

/** A variable that the runner sets; a journey started without it says what is missing. */
function handedOver(name: string): string {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} is not set: run the journeys through \`cargo xtask test browser\``);
  }
  return value;
}

/** Debian's Chromium. */
export const chromium = () => handedOver("SEKISHO_TEST_CHROMIUM");

/** How Chromium is started, so that it talks to nobody but us. */
export const chromiumFlags = () => handedOver("SEKISHO_TEST_CHROMIUM_FLAGS").split(" ");

/** What gives a program a clock of its own. */
export const faketime = () => handedOver("SEKISHO_TEST_FAKETIME");

/** The built `sekisho`. */
export const program = () => handedOver("SEKISHO_TEST_PROGRAM");

/** The folder of the browser's half. */
export const site = () => handedOver("SEKISHO_TEST_SITE");

/** The policy folder of the demo, whose people and tenants the real cluster gets too. */
export const policy = () => handedOver("SEKISHO_TEST_POLICY");

/** An empty Postgres database, as its owner reaches it, and as the console does in its own role. */
export const ownerDatabase = () => handedOver("SEKISHO_TEST_OWNER_DATABASE");
export const database = () => handedOver("SEKISHO_TEST_DATABASE");
export const runtimeRole = () => handedOver("SEKISHO_TEST_RUNTIME_ROLE");

/** `kubectl` of the real cluster's version. */
export const kubectl = () => handedOver("SEKISHO_TEST_KUBECTL");

/** The kubeconfig of the real cluster's administrator. */
export const adminKubeconfig = () => handedOver("SEKISHO_TEST_KUBECONFIG");

/** The kubeconfig of the console's own account in the real cluster. */
export const consoleKubeconfig = () => handedOver("SEKISHO_TEST_CONSOLE_KUBECONFIG");
