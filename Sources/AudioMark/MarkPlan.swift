package import MarkCode

/// How the symbols of a period are shared out among the layers of a mark.
package enum MarkPlan: String, Sendable, CaseIterable {
  /// Every symbol carries two bits of the identity: the shortest time to a blind message.
  case direct
  /// Thirds for the copyright, the identity and the fingerprint, one bit a symbol, so that copies
  /// can be put together from two variants.
  case delivery
}

/// One of the marks that share a recording without touching each other.
package enum MarkLayer: String, Sendable, CaseIterable {
  /// Equal in every copy; written by the content server.
  case copyright
  /// The message that names the delivery.
  case identity
  /// The codeword of the delivery, for tracing mixtures.
  case fingerprint
}

extension MarkPlan {
  /// The layers of the plan.
  package var layers: [MarkLayer] { self == .direct ? [.identity] : MarkLayer.allCases }

  /// The code of a layer's message; nil for the fingerprint, whose bits are a codeword as they are.
  package func code(of layer: MarkLayer) -> MessageCode? {
    switch (self, layer) {
    case (.direct, .identity): MessageCode(outputs: 12)
    case (.delivery, .identity), (.delivery, .copyright): MessageCode(outputs: 2)
    default: nil
    }
  }
}
