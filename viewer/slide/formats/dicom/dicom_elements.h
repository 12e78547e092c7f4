// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "viewer/slide/formats/tiff/positioned_file.h"

namespace geneglass {

/// An element of a DICOM file: where it lies, not what it holds.
struct DicomElement {
  uint32_t tag = 0;        ///< group << 16 | number
  uint64_t at = 0;         ///< of its tag, bytes from the start of the file
  uint64_t value = 0;      ///< of its value
  uint64_t end = 0;        ///< behind it; of encapsulated pixels, whose length is not said: of the file
  bool undefined = false;  ///< its length is not said
  bool unknown = false;    ///< its value representation is UN: what it holds names none either

  uint64_t length() const { return end - value; }
};

/// Walks the elements of a little-endian DICOM file in place, whatever its size, and believes no length:
/// what reaches beyond the file or is nested deeper than any writer does ends the walk. One thread.
class DicomElements final {
 public:
  /// Whether to go on.
  using Visit = std::function<bool(const DicomElement&)>;
  using VisitItem = std::function<bool(uint64_t from, uint64_t end)>;

  explicit DicomElements(const PositionedFile& file) : m_file(file) {}

  /// The elements behind the group of the file's own header name no value representation.
  void setImplicit(bool isImplicit) { m_implicit = isImplicit; }

  /// Visits the elements of [from, end), or up to the mark that ends an item. False where they are damaged.
  bool walk(uint64_t from, uint64_t end, const Visit& visit) {
    return elements(from, end, visit, 0).has_value();
  }

  /// Visits what each item of a sequence holds. False where it is damaged.
  bool walkItems(const DicomElement& sequence, const VisitItem& visit) {
    return items(sequence.value, sequence.end, visit, 0).has_value();
  }

  /// Bytes of the file, valid until the next call; empty where it has no so many there, or `count` is 0 or
  /// beyond 64 KiB.
  std::span<const uint8_t> bytes(uint64_t at, size_t count);

  /// A little-endian number of 2, 4 or 8 bytes; none beyond the end.
  std::optional<uint64_t> number(uint64_t at, size_t width);

  /// A short text without the padding; empty where it is longer than 64 KiB.
  std::string text(const DicomElement& element);

 private:
  std::optional<DicomElement> header(uint64_t at);
  std::optional<uint64_t> elements(uint64_t from, uint64_t end, const Visit& visit, int depth);
  std::optional<uint64_t> items(uint64_t from, uint64_t end, const VisitItem& visit, int depth);

  const PositionedFile& m_file;
  bool m_implicit = false;
  std::vector<uint8_t> m_window;
  uint64_t m_windowAt = 0;
};

constexpr uint32_t kDicomItem = 0xfffee000;
constexpr uint32_t kDicomSequenceEnd = 0xfffee0dd;
constexpr uint32_t kDicomPixels = 0x7fe00010;

}  // namespace geneglass
