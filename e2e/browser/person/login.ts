// The people of the demo's policy. They are called by their roles.

/** A person whom `people.toml` of the demo lists. */
export type Login = "engineer" | "on-call" | "second-on-call" | "approver" | "security" | "admin";
