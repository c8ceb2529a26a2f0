/** An identity provider of a user pool, as its template declares it. */
export interface PoolDirectory {
  readonly name: string;
  readonly type: 'OIDC' | 'SAML';
}

/** Where directories send browsers back to, as in a user pool (AWS, "Identity provider response endpoint"). */
export const DIRECTORY_CALLBACK = '/oauth2/idpresponse';
