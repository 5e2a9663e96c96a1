package import Signing

/// What a tree of leaves comes down to: how many they are, and the hash over all of them.
package struct TreeHead: Hashable, Sendable {
  /// The number of leaves, 0 or more.
  package let size: Int
  /// The root hash.
  package let root: SHA256Hash

  package init(size: Int, root: SHA256Hash) {
    self.size = size
    self.root = root
  }
}
