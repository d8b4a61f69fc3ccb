// The passkeys of one person: a virtual authenticator of Chromium's (CDP domain WebAuthn), built into the device.
// It verifies its user and answers by itself, so a ceremony needs no hand; it counts how often it was asked.

import type { CDPSession, Page } from "@playwright/test";

/** What holds a person's passkeys, in one tab. */
export class Passkeys {
  /** How often it was touched, to create a passkey or to use one. */
  touches = 0;

  private constructor(
    private readonly session: CDPSession,
    private readonly id: string,
  ) {
    session.on("WebAuthn.credentialAdded", () => (this.touches += 1));
    session.on("WebAuthn.credentialAsserted", () => (this.touches += 1));
  }

  /** An empty authenticator for a tab. */
  static async forTab(page: Page): Promise<Passkeys> {
    const session = await page.context().newCDPSession(page);
    await session.send("WebAuthn.enable");
    const { authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", {
      options: {
        protocol: "ctap2",
        ctap2Version: "ctap2_1",
        transport: "internal",
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    return new Passkeys(session, authenticatorId);
  }

  /** Makes another tab's authenticator hold the same passkeys, as tabs of one device do. */
  async copyTo(other: Passkeys): Promise<void> {
    const { credentials } = await this.session.send("WebAuthn.getCredentials", { authenticatorId: this.id });
    await other.session.send("WebAuthn.clearCredentials", { authenticatorId: other.id });
    for (const credential of credentials) {
      await other.session.send("WebAuthn.addCredential", { authenticatorId: other.id, credential });
    }
    other.touches = 0;
  }
}
