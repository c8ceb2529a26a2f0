const steps = new Set<() => Promise<void>>();

/** Does something before the session ends: what a person leaves on this machine is not the next one's. */
export const onSignOut = (step: () => Promise<void>): void => void steps.add(step);

/** Does all of it; what fails keeps nobody signed in. */
export const beforeSignOut = (): Promise<unknown> => Promise.allSettled([...steps].map((step) => step()));
