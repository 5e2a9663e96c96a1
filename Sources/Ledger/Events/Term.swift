import CSodium

/// Something entries are looked up by: a field and a value, as 128 bits of their BLAKE2b hash.
package struct Term: Hashable, Sendable {
  /// What the value is.
  package enum Field: UInt8, Sendable {
    /// The identifier of an entry, its idempotency key.
    case id = 1
    /// A party's name: entries that enrol, rekey or revoke it.
    case party
    /// A number space and number: the entry that gave it to a party.
    case number
    /// A number space: entries that gave out numbers in it.
    case space
    /// An order.
    case order
    /// A content server's name: its `marking` entries.
    case series
    /// A content server's name and a delivery serial.
    case serial
    /// A message of 32 hexadecimal digits.
    case message
    /// A user: what was ordered, marked, delivered or billed for it.
    case user
    /// A title.
    case content
    /// A title: the entries that publish and withdraw it.
    case title
    /// The identifier of a bill: entries that pay or reverse it.
    case bill
    /// The identifier of a payment: entries that reverse it.
    case refund
    /// A party whose money an entry moves, as kind and name.
    case account
    /// A title: the entries that place it on delivery servers and give it up there.
    case placement
  }

  /// What the value is.
  package let field: Field
  /// The first 64 bits: what the index holds.
  package let high: UInt64
  /// The last 64 bits.
  package let low: UInt64

  /// Whether rules and facts are found by it, not only people's questions.
  var isOfState: Bool {
    switch field {
    case .id, .party, .number, .space, .title, .serial, .bill, .refund: true
    case .order, .series, .message, .user, .content, .account, .placement: false
    }
  }

  package init(_ field: Field, _ value: String) {
    var value = value
    self = value.withUTF8 { Term(field, UnsafeRawBufferPointer($0)) }
  }

  package init(_ field: Field, _ value: UnsafeRawBufferPointer) {
    var hash: (UInt64, UInt64) = (0, 0)
    withUnsafeTemporaryAllocation(byteCount: value.count + 1, alignment: 8) { input in
      input[0] = field.rawValue
      UnsafeMutableRawBufferPointer(rebasing: input[1...]).copyMemory(from: value)
      withUnsafeMutableBytes(of: &hash) { output in
        guard let to = output.baseAddress, let from = input.baseAddress else { return }
        crypto_generichash(
          to.assumingMemoryBound(to: UInt8.self), output.count,
          from.assumingMemoryBound(to: UInt8.self), UInt64(input.count), nil, 0)
      }
    }
    self.field = field
    high = UInt64(bigEndian: hash.0)
    low = UInt64(bigEndian: hash.1)
  }
}
