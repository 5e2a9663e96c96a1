/// A message whose CRC is right, found on the decoder's list.
package struct DecodedMessage: Equatable, Sendable {
  /// Message bits 0 to 63; bit 0 is the most significant one.
  package let high: UInt64
  /// Message bits 64 to 127; 0 for a short message.
  package let low: UInt64
  /// Sum of soft values times the signs of the message's block, in the units of the input.
  package let correlation: Float
  /// Paths the decoder had looked at before this one, 0 for the best path.
  package let rank: Int
}
