// Drives every tool with the client of the official TypeScript SDK, over the standard streams of a process.
// It needs the staged module (./build.sh build) and pwsh; ATLASCLOUD_TEST_SHELL is another command, as a JSON array.
import assert from 'node:assert/strict';
import { mkdtemp, mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';

const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const image = { model: 'z-image/turbo', prompt: 'a boat at dawn' };
const [command, ...first] = JSON.parse(process.env.ATLASCLOUD_TEST_SHELL ?? '["pwsh", "-NoProfile"]');
let folder;
let client;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atlascloud-'));
  await mkdir(join(folder, 'in'));
  await writeFile(join(folder, 'in', 'dot.png'), Buffer.from(png, 'base64'));
  client = new Client({ name: 'atlascloud-tests', version: '1.0.0' });
  await client.connect(new StdioClientTransport({
    command,
    env: process.env,
    args: [...first, '-NonInteractive', '-File', join(import.meta.dirname, 'server.ps1'), '-Folder', folder],
  }));

  // From here on, the client validates each structured result against the output schema of its tool.
  await client.listTools();
});

after(async () => {
  await client?.close();
  await rm(folder, { recursive: true, force: true });
});

async function call(name, args = {}, options = undefined) {
  const result = await client.callTool({ name, arguments: args }, undefined, options);
  assert.notEqual(result.isError, true, JSON.stringify(result.structuredContent));
  return result;
}

async function generate(name, args) {
  const { structuredContent } = await call(name, args);
  const states = [];
  const waited = await call('wait_prediction', { prediction_id: structuredContent.prediction.prediction_id }, { onprogress: (p) => states.push(p.message) });
  assert.equal(waited.structuredContent.prediction.state, 'succeeded');
  return waited.structuredContent.prediction;
}

test('all tools are listed', async () => {
  const { tools } = await client.listTools();
  assert.equal(tools.length, 14);
});

test('models can be found and described, and priced', async () => {
  const { structuredContent: found } = await call('search_models', { query: 'z-image', type: 'image' });
  assert.ok(found.models.some((m) => m.id === image.model));
  const { structuredContent: model } = await call('get_model', { model: image.model });
  assert.ok(model.inputs.some((i) => i.argument === 'prompt'));
  const { structuredContent: quote } = await call('quote', image);
  assert.ok(quote.price > 0 && quote.allowed);
});

test('an image is generated, saved and linked', async () => {
  const prediction = await generate('generate_image', image);
  const saved = await call('save_output', { prediction_id: prediction.prediction_id, name: 'boat' });
  const file = saved.structuredContent.files[0];
  assert.equal((await stat(join(folder, 'out', file.path))).size, file.bytes);
  assert.ok(saved.content.some((c) => c.type === 'resource_link'));
  assert.ok(saved.content.some((c) => c.type === 'image'));
});

test('video and audio are generated', async () => {
  await generate('generate_video', { model: 'alibaba/wan-2.6/text-to-video', prompt: 'a boat' });
  await generate('generate_audio', { model: 'xai/tts-v1', prompt: 'Good morning' });
});

test('a file is uploaded and used', async () => {
  const { structuredContent: media } = await call('upload_media', { path: 'dot.png' });
  const prediction = await generate('generate_image', { model: 'google/nano-banana-2/edit', prompt: 'blue', images: [media.url] });
  const { structuredContent: read } = await call('get_prediction', { prediction_id: prediction.prediction_id });
  assert.equal(read.prediction.prediction_id, prediction.prediction_id);
});

test('chat, balance, usage and history are available', async () => {
  const { structuredContent: reply } = await call('chat', { model: 'deepseek-ai/deepseek-v3.2', prompt: 'Two titles' });
  assert.ok(reply.reply.length > 0);
  const { structuredContent: balance } = await call('get_balance');
  assert.equal(balance.budget.limit, 5);
  await call('get_usage', { days: 2 });
  const { structuredContent: history } = await call('list_predictions', { limit: 3 });
  assert.ok(history.predictions.length > 0);
});

test('an error has an ID, and a result that the output schema permits', async () => {
  const result = await client.callTool({ name: 'generate_image', arguments: { model: 'no/such-model', prompt: 'x' } });
  assert.equal(result.isError, true);
  assert.equal(result.structuredContent.error.id, 'ModelNotFound');
});

test('a canceled wait leaves the server usable', async () => {
  const { structuredContent } = await call('generate_video', { model: 'alibaba/wan-2.6/text-to-video', prompt: 'another boat' });
  const cancel = new AbortController();
  const waiting = client.callTool({ name: 'wait_prediction', arguments: { prediction_id: structuredContent.prediction.prediction_id } }, undefined, { signal: cancel.signal });
  cancel.abort();
  await assert.rejects(waiting);
  await call('get_balance');
});
