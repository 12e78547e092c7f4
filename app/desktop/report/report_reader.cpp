// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/report/report_reader.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>

#include "app/desktop/report/html_report.h"
#include "app/desktop/report/pdf_report.h"
#include "viewer/slide/open_slide.h"

namespace geneglass {
namespace {

constexpr uintmax_t kLargestFile = uintmax_t{512} << 20;  ///< bytes
constexpr size_t kLargestOrigin = size_t{16} << 20;       ///< bytes of JSON

std::string reportEnding(const std::filesystem::path& file) {
  std::string ending = file.extension().string();
  std::ranges::transform(ending, ending.begin(), [](unsigned char c) { return std::tolower(c); });
  return ending;
}

/// What zlib unpacks from the beginning of `packed`; nothing where that is damaged or too much.
std::optional<std::string> unpacked(std::string_view packed) {
  z_stream stream{};
  if (inflateInit(&stream) != Z_OK) return {};
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(std::min<size_t>(packed.size(), kLargestOrigin));
  std::string text;
  std::array<char, 65536> piece;
  int state = Z_OK;
  while (state == Z_OK && text.size() < kLargestOrigin) {
    stream.next_out = reinterpret_cast<Bytef*>(piece.data());
    stream.avail_out = piece.size();
    state = inflate(&stream, Z_NO_FLUSH);
    text.append(piece.data(), piece.size() - stream.avail_out);
  }
  inflateEnd(&stream);
  if (state != Z_STREAM_END) return {};
  return text;
}

std::string_view after(std::string_view bytes, std::string_view mark) {
  const size_t place = bytes.find(mark);
  return place == std::string_view::npos ? std::string_view() : bytes.substr(place + mark.size());
}

/// The digits at the beginning, few enough to be an object's number.
std::string_view numberIn(std::string_view bytes) {
  const size_t count = std::min(bytes.find_first_not_of("0123456789"), bytes.size());
  return count > 9 ? std::string_view() : bytes.substr(0, count);
}

/// What follows the attachment's name in its own bytes, as Qt 6.4 writes it, or in UTF-16 as 6.8 does.
std::string_view afterOriginName(std::string_view bytes) {
  std::string wide = "\xfe\xff";
  for (const char letter : std::string_view(kOriginAttachment)) wide.append(1, '\0').append(1, letter);
  const std::string_view plain = after(bytes, fmt::format("/F ({})", kOriginAttachment));
  return plain.empty() ? after(bytes, "/F (" + wide + ")") : plain;
}

/// As Qt writes an attached file: /F (NAME), on the next line /EF <</F 12 0 R>>; then 12 0 obj is the stream.
std::optional<std::string> originInPdf(std::string_view bytes) {
  const std::string_view named = afterOriginName(bytes);
  const std::string_view number = numberIn(after(named.substr(0, 100), "/EF <</F "));
  if (number.empty()) return {};
  const std::string_view object = after(bytes, fmt::format("\n{} 0 obj\n", number));
  const std::string_view dictionary = object.substr(0, object.substr(0, 1000).find("stream\n"));
  const std::string_view content = after(object.substr(0, object.size()), "stream\n");
  if (dictionary.size() == object.size() || content.empty()) return {};
  if (dictionary.find("/FlateDecode") != std::string_view::npos) return unpacked(content);
  return std::string(content.substr(0, std::min(content.find("\nendstream"), kLargestOrigin)));
}

std::optional<std::string> originInHtml(std::string_view bytes) {
  const std::string_view element =
      after(bytes, fmt::format("<script type=\"application/json\" id=\"{}\">", kOriginElement));
  const size_t end = element.find("</script>");
  if (end == std::string_view::npos || end > kLargestOrigin) return {};
  return std::string(element.substr(0, end));
}

Result<std::string> reportBytes(const std::filesystem::path& file) {
  std::error_code error;
  const auto status = std::filesystem::status(file, error);
  if (!error && !std::filesystem::is_regular_file(status))
    return fail(fmt::format("Cannot open '{}': it is no file.", file.string()));
  const uintmax_t size = std::filesystem::file_size(file, error);
  if (error) return fail(fmt::format("Cannot open '{}': {}.", file.string(), error.message()));
  if (size > kLargestFile)
    return fail(fmt::format("'{}' is too large to be a report of Geneglass.", file.string()));
  std::string bytes(static_cast<size_t>(size), '\0');
  errno = 0;
  std::ifstream stream(file, std::ios::binary);
  if (!stream.read(bytes.data(), static_cast<std::streamsize>(size)))
    return fail(fmt::format("Cannot open '{}': {}.", file.string(),
                            errno ? std::strerror(errno) : "it ends before its end"));
  return bytes;
}

/// Where the file was, or the one of its name in this folder; empty for neither.
std::filesystem::path foundAt(const std::filesystem::path& file, const std::filesystem::path& folder) {
  if (file.empty()) return {};
  std::error_code ignored;
  if (std::filesystem::exists(file, ignored)) return file;
  const std::filesystem::path beside = folder / file.filename();
  return std::filesystem::exists(beside, ignored) ? beside : std::filesystem::path();
}

}  // namespace

bool hasReportName(const std::filesystem::path& file) {
  static constexpr std::array kEndings{".pdf", ".html", ".htm"};
  return std::ranges::find(kEndings, reportEnding(file)) != kEndings.end();
}

std::optional<std::string> originTextIn(std::string_view bytes) {
  return bytes.starts_with("%PDF-") ? originInPdf(bytes) : originInHtml(bytes);
}

Result<FoundReport> readReport(const std::filesystem::path& file) {
  const Result<std::string> bytes = reportBytes(file);
  if (!bytes) return tl::unexpected(bytes.error());
  const std::optional<std::string> text = originTextIn(*bytes);
  const std::optional<ReportOrigin> origin = text ? originOf(*text) : std::nullopt;
  if (!origin)
    return fail(
        fmt::format("'{}' does not say which slide it is of: it is no report of Geneglass, or another "
                    "program wrote it anew.",
                    file.string()));
  FoundReport found{*origin, {}, {}};
  const std::filesystem::path folder = std::filesystem::absolute(file).parent_path();
  found.slide = foundAt(origin->slideFile, folder);
  found.caseFile = foundAt(origin->caseFile, folder);
  if (found.slide.empty() && !origin->slideFile.empty())
    return fail(fmt::format("The slide of the report '{}' is neither at '{}' nor beside the report.",
                            file.filename().string(), origin->slideFile.string()));
  return found;
}

Result<void> checkSlide(const FoundReport& report) {
  const Result<OpenedSlide> opened = openSlide(report.slide);
  if (!opened) return tl::unexpected(opened.error());
  if (opened->slide->hash == report.origin.slideHash) return {};
  return fail(fmt::format("'{}' is not the slide this report was made of.", report.slide.string()));
}

}  // namespace geneglass
