const { dirname } = require('node:path');

// CommonJS, since the browser tests' loader knows no `import.meta` in the files that it shares with Node.
module.exports = { ROOT: dirname(dirname(__dirname)) };
