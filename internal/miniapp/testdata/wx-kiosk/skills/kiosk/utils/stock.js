module.exports = {
  snacks: [
    { snackId: 's1', title: '薯片', cents: 650 },
    { snackId: 's2', title: '海苔', cents: 490 }
  ]
}
