// Reads a chat stream with the OpenAI client and prints how long it took: stream.mjs <base address> <model> <events>
import OpenAI from 'openai';

const [address, model, events] = process.argv.slice(2);
const client = new OpenAI({ baseURL: `${address}/v1`, apiKey: 'apikey-bench', maxRetries: 0 });

async function read(count) {
  const stream = await client.chat.completions.create({
    model,
    messages: [{ role: 'user', content: 'hello' }],
    max_tokens: count,
    stream: true,
  });
  let text = 0;
  for await (const chunk of stream) {
    if (chunk.choices[0].delta.content) { text++; }
  }
  if (text !== count) { throw new Error(`${text} of ${count} events were received.`); }
}

await read(100);
const before = process.resourceUsage().maxRSS;
const start = performance.now();
await read(Number(events));
const milliseconds = performance.now() - start;
console.log(JSON.stringify({ milliseconds, growth: (process.resourceUsage().maxRSS - before) / 1024 }));
