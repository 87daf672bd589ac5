import { startTestServer } from './test-server.mjs';
import { makeSeededTemplate } from './test-world.mjs';

/** Before the first browser test: the demo world, made once by the product itself and copied by every worker. */
export default async function setUpTemplate() {
  const given = process.env.TEST_DATABASE_URL;
  const server = given === undefined ? await startTestServer() : { url: given, close: async () => {} };
  try {
    const template = await makeSeededTemplate(server.url);
    // The workers are children of this process and inherit what it says here.
    process.env.TEST_DATABASE_URL = server.url;
    process.env.BATON_TEST_TEMPLATE = template.name;
    return async () => {
      await template.drop();
      await server.close();
    };
  } catch (error) {
    await server.close();
    throw error;
  }
}

/** What `setUpTemplate` left for the workers. */
export function templateOfThisRun() {
  const serverUrl = process.env.TEST_DATABASE_URL;
  const name = process.env.BATON_TEST_TEMPLATE;
  if (!serverUrl || !name) throw new Error('Browser tests run through npm test e2e or npx playwright test.');
  return { serverUrl, name };
}
