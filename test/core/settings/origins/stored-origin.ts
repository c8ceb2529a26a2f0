import type { Origin, OriginType, StoredOrigin } from '../../../../lambda/core/settings/origins/origin.ts';

export const ORIGIN_ID = '0123456789abcdef01234567';

/** An origin as it is stored, with the settings that a test is about. */
export function storedOrigin<T extends OriginType>(
  type: T,
  settings: Omit<Partial<Extract<Origin, { readonly type: T }>>, 'type'>,
  sealed?: string,
): StoredOrigin {
  const common = { id: ORIGIN_ID, name: 'Test', includeCanonicalHeader: false, keepOriginals: false };
  return {
    origin: { ...common, ...DEFAULTS[type], ...settings, type } as unknown as Origin,
    revision: 1,
    createdAt: '2026-11-25T00:00:00.000Z',
    updatedAt: '2026-11-25T00:00:00.000Z',
    ...(sealed !== undefined && { sealed }),
  };
}

const DEFAULTS: Readonly<Record<OriginType, object>> = {
  S3: { prefix: '', useIAMRole: false },
  S3_COMPATIBLE: { prefix: '', s3ForcePathStyle: true },
  WEB_FOLDER: { forwardHostHeaderToOrigin: false },
  WEB_PROXY: { allowedHosts: [] },
  GCS: { prefix: '' },
  AZURE_BLOB: { prefix: '' },
};
