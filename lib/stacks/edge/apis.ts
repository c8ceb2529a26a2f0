import { ApiCdn } from '../../constructs/api/api-cdn.ts';
import { ApiWebAcl } from '../../constructs/api/api-web-acl.ts';
import { UploadOriginSecret } from '../../constructs/edge/upload-origin-secret.ts';
import { API_HOST_OUTPUT, UPLOAD_HOST_OUTPUT } from '../region/region-outputs.ts';
import type { RegionStack } from '../region-stack.ts';
import { outputOf } from '../stack-output.ts';
import type { EdgeScope } from './edge-scope.ts';

/** The distributions of the regions' APIs. */
export interface Apis {
  readonly home: ApiCdn;
  /** Region -> host under which its API answers. */
  readonly hosts: Readonly<Record<string, string>>;
}

/** Each region has an API of its own. */
export function makeApis(edge: EdgeScope): Apis {
  const { stack, config, regions } = edge;
  const [home, ...others] = regions;
  const uploads =
    config.largeUploads === 'web'
      ? new UploadOriginSecret(stack, 'UploadOrigin', { deployment: config.name })
      : undefined;
  const homeApi = makeApi(edge, home, uploads);
  const hosts = { [home.region]: homeApi.host };
  for (const region of others) hosts[region.region] = makeApi(edge, region, uploads).host;
  return { home: homeApi, hosts };
}

function makeApi(
  { stack, config, code, regions: [home] }: EdgeScope,
  region: RegionStack,
  uploads: UploadOriginSecret | undefined,
): ApiCdn {
  const webAcl = config.profile === 'guarded' ? new ApiWebAcl(stack, `ApiWebAcl-${region.region}`) : undefined;
  return new ApiCdn(stack, `ApiCdn-${region.region}`, {
    deployment: config.name,
    apiHost: outputOf(region, API_HOST_OUTPUT),
    requestCode: code.edgeFunction('api-request'),
    ...(uploads && {
      uploads: {
        host: outputOf(region, UPLOAD_HOST_OUTPUT),
        headers: uploads.headers,
        requestCode: code.edgeFunction('upload-request'),
      },
    }),
    webAclArn: webAcl?.arn,
    domain: region === home ? config.apiDomain : undefined,
  });
}
