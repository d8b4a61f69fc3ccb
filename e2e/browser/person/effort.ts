// What ways through the console cost those who go them, and how much the ways in an emergency may cost.

/** What something costs a person. */
export interface Effort {
  readonly clicks: number;
  readonly touches: number;
}

/** From the page of the unhealthy pod to the submitted request. */
export const ASKING: Effort = { clicks: 3, touches: 1 };

/** The same from the tenant, in whose list the pod is opened first. */
export const ASKING_FROM_TENANT: Effort = { clicks: ASKING.clicks + 1, touches: ASKING.touches };

/** From the approver's home to the given approval. */
export const APPROVING: Effort = { clicks: 2, touches: 1 };

/** The same with a comment, which nobody has to write, in whose field they click first. */
export const APPROVING_WITH_COMMENT: Effort = { clicks: APPROVING.clicks + 1, touches: APPROVING.touches };
