// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/counts/parquet_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <optional>

#include "inference/learning/counts/compact_thrift.h"
#include "inference/learning/counts/packed_bytes.h"
#include "inference/learning/counts/spot_table.h"
#include "viewer/foundation/files/claimed_bytes.h"

namespace geneglass {
namespace {

constexpr size_t kLongestFile = size_t(1) << 30, kLongestFooter = size_t(1) << 20,
                 kLongestPage = size_t(1) << 27, kLongestPageHead = size_t(1) << 16;
constexpr size_t kMostRows = size_t(1) << 24, kMostColumns = 100;
constexpr size_t kLongestText = 100;
constexpr uint64_t kValueBytes = 64;  ///< about what one takes in memory, and what it is read by

// As parquet.thrift numbers them.
enum class Physical { Boolean = 0, Int32 = 1, Int64 = 2, Float = 4, Double = 5, Bytes = 6 };
enum class PageKind { Data = 0, Dictionary = 2, Data2 = 3 };
enum class Encoding { Plain = 0, PlainDictionary = 2, Rle = 3, RleDictionary = 8 };

/// Values in the order of the file, of one of both kinds.
struct ColumnValues {
  std::vector<std::string> texts;
  std::vector<double> numbers;
};

/// What is made of a file, against what it holds: few bytes may tell of many rows, and many groups of rows
/// may be the same pages.
class Unpacking final {
 public:
  explicit Unpacking(uint64_t fileBytes) : m_fileBytes(fileBytes) {}
  /// The words against so many bytes more; empty where they are believed.
  std::string add(uint64_t bytes) {
    m_made += bytes;
    return isBelievable(m_made, m_fileBytes) ? "" : "it " + disbeliefOf(m_made, m_fileBytes);
  }

 private:
  const uint64_t m_fileBytes;
  uint64_t m_made = 0;
};

/// Runs of one number, and groups of eight numbers packed in bits; nothing where they are damaged.
std::optional<std::vector<uint32_t>> runsOf(ByteCursor& cursor, unsigned width, size_t count) {
  std::vector<uint32_t> values;
  if (width > 32) return {};
  while (values.size() < count) {
    const uint64_t head = cursor.varint();
    if (!cursor.isWhole() || head < 2) return {};
    const size_t wanted = count - values.size();
    if ((head & 1) == 0) {
      uint32_t value = 0;
      for (unsigned byte = 0; byte < (width + 7) / 8; ++byte) value |= uint32_t(cursor.byte()) << (8 * byte);
      values.insert(values.end(), std::min<uint64_t>(head >> 1, wanted), value);
      continue;
    }
    const uint64_t groups = head >> 1;
    if (groups > cursor.left() && width > 0) return {};
    const auto packed = cursor.take(size_t(groups) * width);
    for (size_t i = 0; i < std::min<uint64_t>(groups * 8, wanted) && cursor.isWhole(); ++i) {
      uint32_t value = 0;
      for (unsigned bit = 0; bit < width; ++bit) {
        const size_t at = i * width + bit;
        value |= uint32_t((packed[at / 8] >> (at % 8)) & 1) << bit;
      }
      values.push_back(value);
    }
  }
  return cursor.isWhole() ? std::optional(std::move(values)) : std::nullopt;
}

/// One column of one row group.
class ChunkReader final {
 public:
  ChunkReader(std::span<const uint8_t> file, const ThriftValue& facts, bool optional, Unpacking& unpacking)
      : m_file(file),
        m_facts(facts),
        m_physical(Physical(facts.at(1).number)),
        m_optional(optional),
        m_unpacking(unpacking) {}

  /// Adds the chunk's values; the reason against it, or nothing.
  std::string readInto(ColumnValues& values) {
    const int64_t count = m_facts.at(5).number;
    int64_t begin = m_facts.at(9).number;
    if (m_facts.has(11) && m_facts.at(11).number > 0) begin = std::min(begin, m_facts.at(11).number);
    if (count < 0 || size_t(count) > kMostRows || begin < 0 || size_t(begin) > m_file.size())
      return "what it says of its columns is damaged";
    if (std::string wrong = m_unpacking.add(uint64_t(count) * kValueBytes); !wrong.empty()) return wrong;
    ByteCursor cursor(m_file.subspan(size_t(begin)));
    for (int64_t read = 0; read < count;) {
      const std::optional<ThriftValue> head = pageHead(cursor);
      if (!head) return "a page is damaged";
      const ThriftValue& page = *head;
      const int64_t packed = page.at(3).number, size = page.at(2).number;
      if (packed < 0 || size < 0 || size_t(size) > kLongestPage) return "a page is damaged";
      if (std::string wrong = m_unpacking.add(uint64_t(size)); !wrong.empty()) return wrong;
      const auto body = cursor.take(size_t(packed));
      if (!cursor.isWhole()) return "it ends too early";
      const auto kind = PageKind(page.at(1).number);
      std::string wrong;
      if (kind == PageKind::Dictionary) {
        wrong = readDictionary(page, body);
      } else if (kind == PageKind::Data || kind == PageKind::Data2) {
        const int64_t held = page.at(kind == PageKind::Data ? 5 : 8).at(1).number;
        if (held <= 0 || held > count - read) return "a page is damaged";
        read += held;
        wrong = kind == PageKind::Data ? readData(page, body, values) : readData2(page, body, values);
      }
      if (!wrong.empty()) return wrong;
    }
    return {};
  }

 private:
  static std::optional<ThriftValue> pageHead(ByteCursor& cursor) {
    const size_t most = std::min(cursor.left(), kLongestPageHead);
    ByteCursor head(ByteCursor(cursor).take(most));
    ThriftValue page = readThrift(head);
    if (!head.isWhole()) return {};
    cursor.take(most - head.left());
    return page;
  }

  std::optional<std::vector<uint8_t>> unpack(std::span<const uint8_t> bytes, size_t size) const {
    return unpacked(PagePacking(m_facts.at(4).number), bytes, size);
  }

  std::string readDictionary(const ThriftValue& page, std::span<const uint8_t> body) {
    const auto bytes = unpack(body, size_t(page.at(2).number));
    if (!bytes) return "a dictionary cannot be unpacked";
    ByteCursor cursor(*bytes);
    m_dictionary = {};
    const auto count = size_t(page.at(7).at(1).number);
    if (count > kMostRows) return "a dictionary is too long";
    if (std::string wrong = m_unpacking.add(count * kValueBytes); !wrong.empty()) return wrong;
    return readPlain(cursor, count, m_dictionary);
  }

  std::string readData(const ThriftValue& page, std::span<const uint8_t> body, ColumnValues& values) {
    const auto bytes = unpack(body, size_t(page.at(2).number));
    if (!bytes) return "a page cannot be unpacked";
    ByteCursor cursor(*bytes);
    const ThriftValue& head = page.at(5);
    ByteCursor levels(std::span<const uint8_t>{});
    if (m_optional) levels = ByteCursor(cursor.take(cursor.number<uint32_t>()));
    return readValues(cursor, levels, Encoding(head.at(2).number), size_t(head.at(1).number), values);
  }

  std::string readData2(const ThriftValue& page, std::span<const uint8_t> body, ColumnValues& values) {
    const ThriftValue& head = page.at(8);
    const int64_t levelBytes = head.at(5).number, size = page.at(2).number - levelBytes;
    if (head.at(6).number != 0 || levelBytes < 0 || size < 0 || size_t(levelBytes) > body.size())
      return "a page is damaged";
    const bool isPacked = !head.has(7) || head.at(7).number != 0;
    const auto rest = body.subspan(size_t(levelBytes));
    const auto bytes =
        isPacked ? unpack(rest, size_t(size)) : unpacked(PagePacking::None, rest, size_t(size));
    if (!bytes) return "a page cannot be unpacked";
    ByteCursor cursor(*bytes), levels(body.first(size_t(levelBytes)));
    return readValues(cursor, levels, Encoding(head.at(4).number), size_t(head.at(1).number), values);
  }

  std::string readValues(ByteCursor& cursor, ByteCursor& levels, Encoding encoding, size_t count,
                         ColumnValues& values) const {
    std::vector<uint32_t> there(count, 1);
    if (m_optional) {
      auto read = runsOf(levels, 1, count);
      if (!read) return "which of its values are there is damaged";
      there = std::move(*read);
    }
    const auto known = size_t(std::ranges::count(there, 1U));
    ColumnValues read;
    if (encoding == Encoding::Plain) {
      if (std::string wrong = readPlain(cursor, known, read); !wrong.empty()) return wrong;
    } else if (encoding == Encoding::PlainDictionary || encoding == Encoding::RleDictionary) {
      if (std::string wrong = readByDictionary(cursor, known, read); !wrong.empty()) return wrong;
    } else if (encoding == Encoding::Rle && m_physical == Physical::Boolean) {
      ByteCursor runs(cursor.take(cursor.number<uint32_t>()));
      const auto bits = runsOf(runs, 1, known);
      if (!bits) return "a page is damaged";
      read.numbers.assign(bits->begin(), bits->end());
    } else {
      return fmt::format("its values are written in a way that is not read (encoding {})", int(encoding));
    }
    spread(read, there, values);
    return {};
  }

  /// The values to their rows; those without get what stands for none.
  void spread(ColumnValues& read, const std::vector<uint32_t>& there, ColumnValues& values) const {
    size_t next = 0;
    for (const uint32_t one : there) {
      const bool known = one == 1;
      if (m_physical == Physical::Bytes)
        values.texts.push_back(known ? std::move(read.texts[next]) : std::string());
      else
        values.numbers.push_back(known ? read.numbers[next] : std::numeric_limits<double>::quiet_NaN());
      next += known;
    }
  }

  std::string readByDictionary(ByteCursor& cursor, size_t count, ColumnValues& values) const {
    const unsigned width = count > 0 ? cursor.byte() : 0;
    const auto places = runsOf(cursor, width, count);
    if (!places) return "a page is damaged";
    const size_t entries = std::max(m_dictionary.texts.size(), m_dictionary.numbers.size());
    for (const uint32_t place : *places) {
      if (place >= entries) return "a value is not in its dictionary";
      if (m_physical == Physical::Bytes)
        values.texts.push_back(m_dictionary.texts[place]);
      else
        values.numbers.push_back(m_dictionary.numbers[place]);
    }
    return {};
  }

  std::string readPlain(ByteCursor& cursor, size_t count, ColumnValues& values) const {
    if (count > 8 * cursor.left()) return "a page is damaged";
    uint8_t bits = 0;
    for (size_t i = 0; i < count && cursor.isWhole(); ++i) switch (m_physical) {
        case Physical::Boolean:
          if (i % 8 == 0) bits = cursor.byte();
          values.numbers.push_back((bits >> (i % 8)) & 1);
          break;
        case Physical::Int32:
          values.numbers.push_back(cursor.number<int32_t>());
          break;
        case Physical::Int64:
          values.numbers.push_back(double(cursor.number<int64_t>()));
          break;
        case Physical::Float:
          values.numbers.push_back(double(cursor.number<float>()));
          break;
        case Physical::Double:
          values.numbers.push_back(cursor.number<double>());
          break;
        case Physical::Bytes: {
          const auto text = cursor.take(cursor.number<uint32_t>());
          if (text.size() > kLongestText) return "a text is too long";
          values.texts.emplace_back(text.begin(), text.end());
          break;
        }
        default:
          return "a column is neither of numbers nor of texts";
      }
    return cursor.isWhole() ? "" : "a page is damaged";
  }

  const std::span<const uint8_t> m_file;
  const ThriftValue& m_facts;
  const Physical m_physical;
  const bool m_optional;
  Unpacking& m_unpacking;
  ColumnValues m_dictionary;
};

/// Each of texts or of numbers; a damaged one may be of both.
bool areEquallyLong(const ParquetColumn& one, const ParquetColumn& other) {
  const auto isOfBoth = [](const ParquetColumn& each) {
    return !each.texts.empty() && !each.numbers.empty();
  };
  return !isOfBoth(one) && !isOfBoth(other) &&
         one.texts.size() + one.numbers.size() == other.texts.size() + other.numbers.size();
}

/// Reads the columns that the footer tells of.
class ParquetReader final {
 public:
  explicit ParquetReader(std::span<const uint8_t> file) : m_file(file), m_unpacking(file.size()) {}

  std::string readInto(std::vector<ParquetColumn>& columns, const std::vector<std::string>& names) {
    if (std::string wrong = readFooter(); !wrong.empty()) return wrong;
    const std::vector<ThriftValue>& schema = m_facts.at(2).list;
    if (schema.size() < 2 || schema.size() > kMostColumns + 1) return "it has no columns, or too many";
    for (const std::string& name : names) {
      const auto found = std::find_if(schema.begin() + 1, schema.end(),
                                      [&](const ThriftValue& element) { return element.at(4).text == name; });
      if (found == schema.end()) return fmt::format("there is no column '{}'", name);
      if (std::any_of(schema.begin() + 1, schema.end(),
                      [](const ThriftValue& element) { return element.at(5).number != 0; }))
        return "a column holds others";
      if (found->at(3).number > 1) return fmt::format("column '{}' holds lists", name);
      ColumnValues values;
      const std::string wrong =
          readColumn(size_t(found - schema.begin()) - 1, found->at(3).number == 1, values);
      if (!wrong.empty()) return fmt::format("column '{}': {}", name, wrong);
      columns.push_back({name, std::move(values.texts), std::move(values.numbers)});
      if (!areEquallyLong(columns.front(), columns.back())) return "its columns are not equally long";
    }
    return {};
  }

 private:
  /// Of all row groups.
  std::string readColumn(size_t column, bool optional, ColumnValues& values) {
    for (const ThriftValue& group : m_facts.at(4).list) {
      if (column >= group.at(1).list.size()) return "what it says of its columns is damaged";
      ChunkReader chunk(m_file, group.at(1).list[column].at(3), optional, m_unpacking);
      if (std::string wrong = chunk.readInto(values); !wrong.empty()) return wrong;
      if (values.texts.size() > kMostRows || values.numbers.size() > kMostRows) return "it has too many rows";
    }
    return {};
  }

  std::string readFooter() {
    constexpr std::string_view kMark = "PAR1";
    const auto isMark = [&](std::span<const uint8_t> bytes) { return std::ranges::equal(bytes, kMark); };
    if (m_file.size() < 12 || !isMark(m_file.first(4))) return "it is no Parquet file";
    if (!isMark(m_file.last(4))) return "it ends too early, or is encrypted";
    const auto length = ByteCursor(m_file.last(8)).number<uint32_t>();
    if (length > kLongestFooter || length > m_file.size() - 12)
      return "what it says of its columns is damaged";
    ByteCursor cursor(m_file.last(length + 8).first(length));
    m_facts = readThrift(cursor);
    return cursor.isWhole() ? "" : "what it says of its columns is damaged";
  }

  const std::span<const uint8_t> m_file;
  Unpacking m_unpacking;
  ThriftValue m_facts;
};

std::string howToConvert(const std::filesystem::path& file) {
  const std::string name = file.filename().string();
  return fmt::format(
      "this makes a table of them: python3 -c \"import pandas; pandas.read_parquet('{}').to_csv('{}', "
      "index=False)\"",
      name, std::filesystem::path(name).replace_extension(".csv").string());
}

}  // namespace

Result<std::vector<ParquetColumn>> readParquet(const std::filesystem::path& file,
                                               const std::vector<std::string>& names) {
  std::error_code error;
  const uintmax_t size = std::filesystem::file_size(file, error);
  std::ifstream stream(file, std::ios::binary);
  if (error || !stream)
    return fail(fmt::format("Cannot read the spots in '{}': it cannot be opened.", file.string()));
  if (size > kLongestFile) return refuseSpots(file, "it is too large");
  std::vector<uint8_t> bytes(static_cast<size_t>(size));
  stream.read(reinterpret_cast<char*>(bytes.data()), std::streamsize(bytes.size()));
  if (!stream) return fail(fmt::format("Cannot read the spots in '{}': it ends too early.", file.string()));
  std::vector<ParquetColumn> columns;
  const std::string wrong = ParquetReader(bytes).readInto(columns, names);
  if (wrong.empty()) return columns;
  const bool isOtherwise = wrong.find("not read") != std::string::npos;
  return refuseSpots(file, isOtherwise ? wrong + "; " + howToConvert(file) : wrong);
}

}  // namespace geneglass
