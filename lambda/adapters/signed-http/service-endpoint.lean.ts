/**
 * Where an AWS service is called: the SDK's own endpoint settings (AWS, "Service-specific endpoints") when given, the
 * region's public address otherwise. The adapters without SDK honour the same settings as those with it.
 */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Base URL of DynamoDB, without a trailing slash. */
export function dynamoEndpoint(environment: Environment): string {
  return setting(environment, 'DYNAMODB') ?? `https://dynamodb.${requireRegion(environment)}.amazonaws.com`;
}

/** Base URL of the Key Management Service, without a trailing slash. */
export function kmsEndpoint(environment: Environment): string {
  return setting(environment, 'KMS') ?? `https://kms.${requireRegion(environment)}.amazonaws.com`;
}

/** Base URL of Secrets Manager, without a trailing slash. */
export function secretsManagerEndpoint(environment: Environment): string {
  return (
    setting(environment, 'SECRETS_MANAGER') ?? `https://secretsmanager.${requireRegion(environment)}.amazonaws.com`
  );
}

/** Base URL of the Simple Email Service, without a trailing slash. */
export function mailEndpoint(environment: Environment): string {
  return setting(environment, 'SESV2') ?? `https://email.${requireRegion(environment)}.amazonaws.com`;
}

/** Base URL of Cognito's user pools, without a trailing slash. */
export function userPoolEndpoint(environment: Environment): string {
  return (
    setting(environment, 'COGNITO_IDENTITY_PROVIDER') ??
    `https://cognito-idp.${requireRegion(environment)}.amazonaws.com`
  );
}

/** Base URL of the Security Token Service, without a trailing slash. */
export function stsEndpoint(environment: Environment): string {
  return setting(environment, 'STS') ?? `https://sts.${requireRegion(environment)}.amazonaws.com`;
}

/** Base URL of CloudWatch, without a trailing slash. */
export function metricsEndpoint(environment: Environment): string {
  return setting(environment, 'CLOUDWATCH') ?? `https://monitoring.${requireRegion(environment)}.amazonaws.com`;
}

/** Base URL of a bucket of somebody else, in whatever region. */
export function foreignBucketEndpoint(environment: Environment, bucket: string): string {
  const endpoint = setting(environment, 'S3');
  if (endpoint) return `${endpoint}/${bucket}`;
  // A certificate's wildcard covers one label, so a name with dots goes into the path.
  return bucket.includes('.') ? `https://s3.amazonaws.com/${bucket}` : `https://${bucket}.s3.amazonaws.com`;
}

/** Base URL of a bucket: below the endpoint's path when one is set, as a virtual host otherwise. */
export function bucketEndpoint(environment: Environment, bucket: string): string {
  const endpoint = setting(environment, 'S3');
  return endpoint ? `${endpoint}/${bucket}` : `https://${bucket}.s3.${requireRegion(environment)}.amazonaws.com`;
}

/** The function's own region. */
export function requireRegion(environment: Environment): string {
  const region = environment.AWS_REGION;
  if (!region) throw new Error('The environment variable AWS_REGION is not set.');
  return region;
}

function setting(environment: Environment, service: string): string | undefined {
  const value = environment[`AWS_ENDPOINT_URL_${service}`] || environment.AWS_ENDPOINT_URL;
  return value ? value.replace(/\/+$/, '') : undefined;
}
