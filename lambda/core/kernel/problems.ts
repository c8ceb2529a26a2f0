/**
 * The closed table of everything that can go wrong in front of a client.
 * `status`: HTTP status. `cacheSeconds`: how long a media answer may be kept by the CDN. `mediaCode`: the code in the
 * `ik-error` header (ImageKit, "404 error troubleshooting"; EINVAL and ENOTSUP are ours).
 */
export const PROBLEMS = {
  'url.malformed': { status: 400, cacheSeconds: 3600, mediaCode: 'EINVAL' },
  'url.too-long': { status: 414, cacheSeconds: 3600, mediaCode: 'ELIMIT' },
  'transformation.invalid': { status: 400, cacheSeconds: 3600, mediaCode: 'EINVAL' },
  'transformation.limit': { status: 400, cacheSeconds: 3600, mediaCode: 'ELIMIT' },
  'transformation.unsupported': { status: 400, cacheSeconds: 3600, mediaCode: 'ENOTSUP' },
  'source.limit': { status: 400, cacheSeconds: 3600, mediaCode: 'ELIMIT' },
  'source.unsupported': { status: 400, cacheSeconds: 3600, mediaCode: 'ENOTSUP' },
  'source.unreadable': { status: 400, cacheSeconds: 3600, mediaCode: 'EINVAL' },
  // How long a render takes is a property of the machine at that moment, not of the URL: it may be asked for again soon.
  'render.timeout': { status: 504, cacheSeconds: 10, mediaCode: 'ELIMIT' },
  'render.memory': { status: 503, cacheSeconds: 10, mediaCode: 'ELIMIT' },
  'render.rate': { status: 429, cacheSeconds: 0, mediaCode: 'ELIMIT' },
  'asset.not-found': { status: 404, cacheSeconds: 60, mediaCode: 'ENOENT' },
  'signature.needed': { status: 401, cacheSeconds: 0, mediaCode: 'EACCES' },
  'endpoint.paused': { status: 503, cacheSeconds: 0, mediaCode: 'EACCES' },
  'asset.private': { status: 401, cacheSeconds: 0, mediaCode: 'EACCES' },
  'key.mismatch': { status: 400, cacheSeconds: 0, mediaCode: 'EINVAL' },
  'method.not-allowed': { status: 405, cacheSeconds: 0, mediaCode: 'EINVAL' },
  'key.missing': { status: 401, cacheSeconds: 0, mediaCode: 'EACCES' },
  'key.unknown': { status: 403, cacheSeconds: 0, mediaCode: 'EACCES' },
  'permission.missing': { status: 403, cacheSeconds: 0, mediaCode: 'EACCES' },
  'site.foreign': { status: 403, cacheSeconds: 0, mediaCode: 'EACCES' },
  'rate.exceeded': { status: 429, cacheSeconds: 0, mediaCode: 'ELIMIT' },
  'route.unknown': { status: 404, cacheSeconds: 0, mediaCode: 'ENOENT' },
  'upload.missing-parameter': { status: 400, cacheSeconds: 0, mediaCode: 'EINVAL' },
  'upload.invalid-parameter': { status: 400, cacheSeconds: 0, mediaCode: 'EINVAL' },
  'upload.malformed': { status: 400, cacheSeconds: 0, mediaCode: 'EINVAL' },
  'upload.too-large': { status: 413, cacheSeconds: 0, mediaCode: 'ELIMIT' },
  'upload.not-an-image': { status: 400, cacheSeconds: 0, mediaCode: 'EINVAL' },
  'upload.broken-image': { status: 400, cacheSeconds: 0, mediaCode: 'EINVAL' },
  'upload.type-differs': { status: 400, cacheSeconds: 0, mediaCode: 'EINVAL' },
  'upload.remote-failed': { status: 400, cacheSeconds: 0, mediaCode: 'EINVAL' },
  'upload.name-taken': { status: 400, cacheSeconds: 0, mediaCode: 'EINVAL' },
  // Of the local cloud alone: S3 has no end.
  'storage.full': { status: 507, cacheSeconds: 0, mediaCode: 'ELIMIT' },
  'upload.signature': { status: 400, cacheSeconds: 0, mediaCode: 'EACCES' },
  'upload.ticket-used': { status: 400, cacheSeconds: 0, mediaCode: 'EACCES' },
  'upload.check-failed': { status: 400, cacheSeconds: 0, mediaCode: 'EINVAL' },
  'upload.version-limit': { status: 400, cacheSeconds: 0, mediaCode: 'ELIMIT' },
  'large-upload.missing': { status: 404, cacheSeconds: 0, mediaCode: 'ENOENT' },
  'large-upload.incomplete': { status: 400, cacheSeconds: 0, mediaCode: 'EINVAL' },
  'large-upload.ended': { status: 409, cacheSeconds: 0, mediaCode: 'EINVAL' },
  'upload-grant.unknown': { status: 404, cacheSeconds: 0, mediaCode: 'ENOENT' },
  'upload-grant.used': { status: 409, cacheSeconds: 0, mediaCode: 'EACCES' },
  'input.invalid': { status: 400, cacheSeconds: 0, mediaCode: 'EINVAL' },
  'body.unsupported': { status: 415, cacheSeconds: 0, mediaCode: 'ENOTSUP' },
  'body.malformed': { status: 400, cacheSeconds: 0, mediaCode: 'EINVAL' },
  'body.too-large': { status: 413, cacheSeconds: 0, mediaCode: 'ELIMIT' },
  'rule.invalid': { status: 400, cacheSeconds: 0, mediaCode: 'EINVAL' },
  'rule.limit': { status: 400, cacheSeconds: 0, mediaCode: 'ELIMIT' },
  'rule.not-found': { status: 404, cacheSeconds: 0, mediaCode: 'ENOENT' },
  'custom-field.invalid': { status: 400, cacheSeconds: 0, mediaCode: 'EINVAL' },
  'custom-field.taken': { status: 400, cacheSeconds: 0, mediaCode: 'EINVAL' },
  'custom-field.limit': { status: 400, cacheSeconds: 0, mediaCode: 'ELIMIT' },
  'custom-field.not-found': { status: 404, cacheSeconds: 0, mediaCode: 'ENOENT' },
  'custom-metadata.invalid': { status: 400, cacheSeconds: 0, mediaCode: 'EINVAL' },
  'restricted-key.invalid': { status: 400, cacheSeconds: 0, mediaCode: 'EINVAL' },
  'restricted-key.limit': { status: 400, cacheSeconds: 0, mediaCode: 'ELIMIT' },
  'restricted-key.not-found': { status: 404, cacheSeconds: 0, mediaCode: 'ENOENT' },
  'people.off': { status: 404, cacheSeconds: 0, mediaCode: 'ENOENT' },
  'person.invalid': { status: 400, cacheSeconds: 0, mediaCode: 'EINVAL' },
  'person.exists': { status: 409, cacheSeconds: 0, mediaCode: 'EINVAL' },
  'person.limit': { status: 400, cacheSeconds: 0, mediaCode: 'ELIMIT' },
  'person.last-owner': { status: 409, cacheSeconds: 0, mediaCode: 'EINVAL' },
  'person.missing': { status: 404, cacheSeconds: 0, mediaCode: 'ENOENT' },
  'invitation.invalid': { status: 400, cacheSeconds: 0, mediaCode: 'EACCES' },
  'session.ended': { status: 401, cacheSeconds: 0, mediaCode: 'EACCES' },
  'session.missing': { status: 404, cacheSeconds: 0, mediaCode: 'ENOENT' },
  'credentials.two': { status: 400, cacheSeconds: 0, mediaCode: 'EACCES' },
  'signing-key.invalid': { status: 400, cacheSeconds: 0, mediaCode: 'EINVAL' },
  'signing-key.limit': { status: 400, cacheSeconds: 0, mediaCode: 'ELIMIT' },
  'signing-key.not-found': { status: 404, cacheSeconds: 0, mediaCode: 'ENOENT' },
  'takedown.not-found': { status: 404, cacheSeconds: 0, mediaCode: 'ENOENT' },
  'access.refused': { status: 403, cacheSeconds: 0, mediaCode: 'EACCES' },
  'asset.taken-down': { status: 451, cacheSeconds: 0, mediaCode: 'EACCES' },
  'url.foreign': { status: 400, cacheSeconds: 0, mediaCode: 'EINVAL' },
  'asset.unknown': { status: 404, cacheSeconds: 0, mediaCode: 'ENOENT' },
  'purge.invalid': { status: 400, cacheSeconds: 0, mediaCode: 'EINVAL' },
  'purge.unknown': { status: 400, cacheSeconds: 0, mediaCode: 'ENOENT' },
  'origin.denied': { status: 404, cacheSeconds: 60, mediaCode: 'EACCES' },
  'origin.unreachable': { status: 404, cacheSeconds: 10, mediaCode: 'ECONNREFUSED' },
  'origin.broken': { status: 502, cacheSeconds: 10, mediaCode: 'UNIDENTIFIED' },
  'origin.late': { status: 504, cacheSeconds: 10, mediaCode: 'UNIDENTIFIED' },
  'origin.invalid': { status: 400, cacheSeconds: 0, mediaCode: 'EINVAL' },
  'origin.limit': { status: 400, cacheSeconds: 0, mediaCode: 'ELIMIT' },
  'origin.not-found': { status: 404, cacheSeconds: 0, mediaCode: 'ENOENT' },
  'origin.in-use': { status: 409, cacheSeconds: 0, mediaCode: 'EINVAL' },
  'origin.moved': { status: 409, cacheSeconds: 0, mediaCode: 'EINVAL' },
  'endpoint.invalid': { status: 400, cacheSeconds: 0, mediaCode: 'EINVAL' },
  'endpoint.limit': { status: 400, cacheSeconds: 0, mediaCode: 'ELIMIT' },
  'endpoint.not-found': { status: 404, cacheSeconds: 0, mediaCode: 'ENOENT' },
  'endpoint.taken': { status: 409, cacheSeconds: 0, mediaCode: 'EINVAL' },
  'name.invalid': { status: 400, cacheSeconds: 0, mediaCode: 'EINVAL' },
  'name.limit': { status: 400, cacheSeconds: 0, mediaCode: 'ELIMIT' },
  'name.not-found': { status: 404, cacheSeconds: 0, mediaCode: 'ENOENT' },
  'name.taken': { status: 409, cacheSeconds: 0, mediaCode: 'EINVAL' },
  'name.unknown': { status: 400, cacheSeconds: 10, mediaCode: 'EINVAL' },
  'file.missing': { status: 404, cacheSeconds: 0, mediaCode: 'ENOENT' },
  'file.invalid': { status: 400, cacheSeconds: 0, mediaCode: 'EINVAL' },
  'file.exists': { status: 409, cacheSeconds: 0, mediaCode: 'EINVAL' },
  'file.changed': { status: 412, cacheSeconds: 0, mediaCode: 'EINVAL' },
  'file.same-place': { status: 400, cacheSeconds: 0, mediaCode: 'EINVAL' },
  'file.same-name': { status: 400, cacheSeconds: 0, mediaCode: 'EINVAL' },
  'file.version-limit': { status: 400, cacheSeconds: 0, mediaCode: 'ELIMIT' },
  'list.limit': { status: 400, cacheSeconds: 0, mediaCode: 'ELIMIT' },
  'search.invalid': { status: 400, cacheSeconds: 0, mediaCode: 'EINVAL' },
  'search.limit': { status: 400, cacheSeconds: 0, mediaCode: 'ELIMIT' },
  'version.missing': { status: 404, cacheSeconds: 0, mediaCode: 'ENOENT' },
  'version.current': { status: 400, cacheSeconds: 0, mediaCode: 'EINVAL' },
  'folder.missing': { status: 404, cacheSeconds: 0, mediaCode: 'ENOENT' },
  'folder.invalid': { status: 400, cacheSeconds: 0, mediaCode: 'EINVAL' },
  'folder.exists': { status: 409, cacheSeconds: 0, mediaCode: 'EINVAL' },
  'folder.into-itself': { status: 400, cacheSeconds: 0, mediaCode: 'EINVAL' },
  'folder.is-root': { status: 400, cacheSeconds: 0, mediaCode: 'EINVAL' },
  'trash.missing': { status: 404, cacheSeconds: 0, mediaCode: 'ENOENT' },
  'trash.name-taken': { status: 409, cacheSeconds: 0, mediaCode: 'EINVAL' },
  'job.missing': { status: 404, cacheSeconds: 0, mediaCode: 'ENOENT' },
  'field.missing': { status: 404, cacheSeconds: 0, mediaCode: 'ENOENT' },
  'field.invalid': { status: 400, cacheSeconds: 0, mediaCode: 'EINVAL' },
  internal: { status: 500, cacheSeconds: 0, mediaCode: 'UNIDENTIFIED' },
  busy: { status: 503, cacheSeconds: 0, mediaCode: 'UNIDENTIFIED' },
} as const satisfies Record<string, { status: number; cacheSeconds: number; mediaCode: string }>;

export type ProblemCode = keyof typeof PROBLEMS;

/** A failure that the client may read: its message names the limit or the allowed values, never an internal. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly status: number;

  constructor(code: ProblemCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'Problem';
    this.code = code;
    this.status = PROBLEMS[code].status;
  }
}

/** Shorthand to throw: `throw problem('source.limit', '…')`. */
export function problem(code: ProblemCode, message: string, options?: { cause?: unknown }): Problem {
  return new Problem(code, message, options);
}
