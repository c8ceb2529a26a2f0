import { Architecture, type Code, LayerVersion, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';

export interface SharpLayerProps {
  /** Contents: `nodejs/node_modules/sharp` for Linux on arm64. */
  readonly code: Code;
}

/** sharp and libvips, as a layer: native code for Lambda's processor, whatever machine deploys. */
export class SharpLayer extends Construct {
  readonly layer: LayerVersion;

  constructor(scope: Construct, id: string, props: SharpLayerProps) {
    super(scope, id);
    this.layer = new LayerVersion(this, 'Layer', {
      description: 'sharp and libvips for Linux on arm64',
      code: props.code,
      compatibleArchitectures: [Architecture.ARM_64],
      compatibleRuntimes: [Runtime.NODEJS_24_X],
      license: 'Apache-2.0 AND LGPL-3.0-or-later',
    });
  }
}
