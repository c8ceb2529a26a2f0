/**
 * What the name of a role in another account must begin with, so that origins may be read with it. The function that
 * reads may assume such roles and no others.
 */
export const ORIGIN_ROLE_PREFIX = 'vitrine-origin';
