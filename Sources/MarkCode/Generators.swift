/// The generator polynomials of the specification, in the order of the outputs.
///
/// Bit `d` belongs to the information bit of `d` trellis times before. `docs/code.md` says how they
/// were found.
package enum Generators {
  package static let memory = 10
  package static let polynomials: [UInt32] = [
    0o3103, 0o2457, 0o2355, 0o3261, 0o2563, 0o3507, 0o3051, 0o2765, 0o2157, 0o3313, 0o3745, 0o2731,
  ]
}
