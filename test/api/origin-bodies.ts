/** In every credential; no answer, record, event or message may hold it. */
export const SECRET = 'CANARY-do-not-show';

const PEM = `-----BEGIN PRIVATE KEY-----\n${SECRET}\n-----END PRIVATE KEY-----\n`;
const SAS = `sv=2022-11-02&sp=r&sig=${SECRET}`;

/** A body for every type of origin, with what the API asks for and nothing more. */
export const S3 = {
  type: 'S3',
  name: 'A',
  bucket: 'product-images',
  accessKey: 'AKIAEXAMPLE',
  secretKey: SECRET,
} as const;
export const COMPATIBLE = { ...S3, type: 'S3_COMPATIBLE', endpoint: 'https://s3.example.com' } as const;
export const FOLDER = { type: 'WEB_FOLDER', name: 'A', baseUrl: 'https://www.example.com/media' } as const;
export const PROXY = { type: 'WEB_PROXY', name: 'A' } as const;
export const GCS = {
  type: 'GCS',
  name: 'A',
  bucket: 'b_ucket',
  clientEmail: 'a@b.iam.gserviceaccount.com',
  privateKey: PEM,
} as const;
export const AZURE = {
  type: 'AZURE_BLOB',
  name: 'A',
  accountName: 'account',
  container: 'pictures',
  sasToken: SAS,
} as const;
