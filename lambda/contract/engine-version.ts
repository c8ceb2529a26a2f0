/**
 * Version of the rendering engine. It is part of every variant's identity: raise it when the same plan may give other
 * bytes, and no stored variant of the old engine is served again.
 */
export const ENGINE_VERSION = '10';
