/** In place of modules that a library loads for what no test has it do. */
module.exports = {};
