package storetest

var bugScenarios, modelScenarios []scenario
