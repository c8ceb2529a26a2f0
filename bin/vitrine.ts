import { ConfigError } from '../lib/config/config.ts';
import { VitrineApp } from '../lib/vitrine-app.ts';

try {
  new VitrineApp().synth();
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  // What the owner wrote is at fault, not the code: the sentences say all, a stack trace nothing.
  console.error(error.message);
  process.exitCode = 1;
}
