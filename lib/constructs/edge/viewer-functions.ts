import type { FunctionAssociation } from 'aws-cdk-lib/aws-cloudfront';
import {
  Function as CloudFrontFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  ImportSource,
  KeyValueStore,
} from 'aws-cdk-lib/aws-cloudfront';
import { Construct } from 'constructs';
import type { EndpointSettings } from '../../../lambda/contract/edge.ts';
import { DEFAULT_ENDPOINT, endpointSettingsKey } from '../../../lambda/contract/edge.ts';

export interface ViewerFunctionsProps {
  /** Script of the function that runs before the cache. */
  readonly requestCode: string;
  /** Script of the function that runs after the cache. */
  readonly responseCode: string;
}

/**
 * The two functions that CloudFront runs on every request, and the store of settings that the first one reads. Nothing
 * here is shared with another distribution: flat-rate plans forbid that.
 */
export class ViewerFunctions extends Construct {
  readonly associations: FunctionAssociation[];
  /** Changed at run time by the functions that `EdgeRights` lets. */
  readonly settings: KeyValueStore;

  constructor(scope: Construct, id: string, props: ViewerFunctionsProps) {
    super(scope, id);
    this.settings = new KeyValueStore(this, 'Settings', {
      comment: 'Settings of the URL endpoints',
      source: ImportSource.fromInline(JSON.stringify({ data: initialSettings() })),
    });
    const request = new CloudFrontFunction(this, 'Request', {
      comment: 'Validates a media URL and rewrites it to the path of its variant',
      runtime: FunctionRuntime.JS_2_0,
      code: FunctionCode.fromInline(props.requestCode),
      keyValueStore: this.settings,
    });
    const response = new CloudFrontFunction(this, 'Response', {
      comment: 'Tells where the answer came from',
      runtime: FunctionRuntime.JS_2_0,
      code: FunctionCode.fromInline(props.responseCode),
    });
    this.associations = [
      { eventType: FunctionEventType.VIEWER_REQUEST, function: request },
      { eventType: FunctionEventType.VIEWER_RESPONSE, function: response },
    ];
  }
}

/** Read once, when the store is made; afterwards the store's own API changes it. */
function initialSettings(): { readonly key: string; readonly value: string }[] {
  const open: EndpointSettings = { paused: false };
  return [{ key: endpointSettingsKey(DEFAULT_ENDPOINT), value: JSON.stringify(open) }];
}
