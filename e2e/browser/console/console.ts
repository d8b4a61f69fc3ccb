// A console that one journey has to itself: nothing that another journey did is in it.

import type { Login } from "../person/login.ts";

/** A running console. */
export interface RunningConsole {
  /** Its address, as people type it. */
  readonly origin: string;
  /** The cluster that it looks at, by the console's name for it. */
  readonly cluster: string;
  /** What it said to its operator, for the report of a failed journey. */
  readonly words: string;
  /** A fresh enrolment link for a person. */
  link(person: Login): Promise<string>;
  /** Ends it. */
  stop(): Promise<void>;
}
