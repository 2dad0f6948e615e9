async function bookParcel({ quoteId }) {
  return {
    isError: false,
    content: [{ type: 'text', text: '已预约' }],
    structuredContent: { orderNo: `${quoteId}-1`, status: 'booked', total: 18, courier: '周师傅', pickupCode: '7312' },
  }
}

module.exports = bookParcel
