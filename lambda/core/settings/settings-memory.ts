/**
 * Milliseconds for which a function may go on with settings that have changed meanwhile. The edge has a change within 60
 * seconds anyway.
 */
export const SETTINGS_MEMORY = 15_000;
