/// What each segment of a film carries of a delivery: which of its bits chooses between A and B.
///
/// Every third segment, from the first on, is an identity slot, the others are fingerprint slots.
/// A bit of 0, a sign of +1, takes variant A. `docs/film-mark.md`, section 3.
package enum FilmSlots {
  /// Segments from one identity slot to the next.
  private static let step = 3

  /// Whether a segment is an identity slot; if not it is a fingerprint slot.
  ///
  /// - Parameter segment: counted from 0.
  /// - Returns: whether it is.
  package static func isIdentity(_ segment: Int) -> Bool { segment % step == 0 }

  /// The number of an identity slot among those of its kind; its coded bit is that modulo 304.
  ///
  /// - Parameter segment: an identity slot.
  /// - Returns: from 0 on.
  package static func identityNumber(of segment: Int) -> Int {
    precondition(segment >= 0 && isIdentity(segment), "segment \(segment) is no identity slot")
    return segment / step
  }

  /// The number of a fingerprint slot among those of its kind, which is the bit of the codeword.
  ///
  /// - Parameter segment: a fingerprint slot.
  /// - Returns: from 0 on.
  package static func fingerprintNumber(of segment: Int) -> Int {
    precondition(segment >= 0 && !isIdentity(segment), "segment \(segment) is no fingerprint slot")
    return fingerprintCount(segments: segment)
  }

  /// How many fingerprint slots the first segments of a film have.
  ///
  /// - Parameter segments: how many of the first, at least 0.
  /// - Returns: the length of the codeword.
  package static func fingerprintCount(segments: Int) -> Int {
    segments - (segments + step - 1) / step
  }
}
