import { type Code, type Function as LambdaFunction, LayerVersion } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { FONT_ENVIRONMENT } from '../../../lambda/contract/fonts.ts';

export interface FontsLayerProps {
  /** Contents: `fonts/fonts.conf` and the fonts. */
  readonly code: Code;
}

/** The fonts of text in pictures, and the configuration by which they are found. */
export class FontsLayer extends Construct {
  readonly layer: LayerVersion;

  constructor(scope: Construct, id: string, props: FontsLayerProps) {
    super(scope, id);
    this.layer = new LayerVersion(this, 'Layer', {
      description: 'Fonts for text in pictures',
      code: props.code,
      license: 'OFL-1.1 AND Ubuntu-font-1.0',
    });
  }

  /** Lets a function draw text. */
  addTo(fn: LambdaFunction): void {
    fn.addLayers(this.layer);
    for (const [name, value] of Object.entries(FONT_ENVIRONMENT)) fn.addEnvironment(name, value);
  }
}
