// How the journeys run: one after another in Debian's Chromium, against the console that `cargo xtask test` started.
// It downloads no browser, retries nothing and knows no address of its own.

import { defineConfig } from "@playwright/test";

/** What `cargo xtask test` hands over; a journey started without it says what is missing. */
function handedOver(name: string): string {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} is not set: run the journeys through \`cargo xtask test browser\``);
  }
  return value;
}

export default defineConfig({
  testDir: "journeys",
  outputDir: "results",
  // Journeys share one console, and each tells a whole story: their order is part of none of them, but their time is.
  workers: 1,
  // A journey that passes the second time has found something.
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  reporter: [["list"]],
  use: {
    baseURL: handedOver("SEKISHO_TEST_ORIGIN"),
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: handedOver("SEKISHO_TEST_CHROMIUM"),
      args: handedOver("SEKISHO_TEST_CHROMIUM_FLAGS").split(" "),
    },
  },
  projects: [
    { name: "desktop", use: { viewport: { width: 1440, height: 900 } } },
    { name: "phone", use: { viewport: { width: 390, height: 844 }, hasTouch: true } },
  ],
});
