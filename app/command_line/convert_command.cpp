// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <cmath>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "app/command_line/command.h"
#include "viewer/annotation/annotation_file.h"
#include "viewer/slide/open_slide.h"

namespace geneglass {
namespace {

using Json = nlohmann::ordered_json;

struct ConvertOptions {
  std::string annotations;
  std::string dialect;
  std::string out;
  std::optional<std::string> slide;
  bool json = false;
};

/// What a conversion did, for its report.
struct Conversion {
  ReadAnnotations in;
  size_t read = 0;
  size_t written = 0;
  std::vector<std::string> writeRemarks;
};

void printJson(const Conversion& done, const ConvertOptions& options) {
  const Json report = {{"annotations", options.annotations},
                       {"from", done.in.dialect},
                       {"to", options.dialect},
                       {"out", options.out},
                       {"read", done.read},
                       {"written", done.written},
                       {"classes", done.in.classes.size()},
                       {"read_remarks", done.in.remarks},
                       {"write_remarks", done.writeRemarks}};
  fmt::print("{}\n", report.dump(2, ' ', false, Json::error_handler_t::replace));
}

void printText(const Conversion& done, const ConvertOptions& options) {
  fmt::print("{} came in from '{}' ({})\n", done.read, options.annotations, done.in.dialect);
  for (const std::string& remark : done.in.remarks) fmt::print("  {}\n", remark);
  fmt::print("{} went out to '{}' ({})\n", done.written, options.out, options.dialect);
  for (const std::string& remark : done.writeRemarks) fmt::print("  {}\n", remark);
}

Outcome convert(const ConvertOptions& options) {
  std::optional<SlideFrame> frame;
  if (options.slide) {
    const Result<OpenedSlide> opened = openSlide(*options.slide);
    if (!opened) return tl::unexpected(opened.error());
    frame = frameOf(*opened->slide);
  }
  const SlideFrame* slide = frame ? &*frame : nullptr;
  Result<ReadAnnotations> read = readAnnotations(options.annotations, slide);
  if (!read) return tl::unexpected(read.error());
  Conversion done;
  done.read = read->annotations.size();
  const AnnotationSet set(read->classes, std::move(read->annotations));
  done.in = std::move(*read);
  Result<WrittenAnnotations> written = writeAnnotations(set, options.dialect, options.out, slide);
  if (!written) return tl::unexpected(written.error());
  done.written = written->count;
  done.writeRemarks = std::move(written->remarks);
  options.json ? printJson(done, options) : printText(done, options);
  return {};
}

std::vector<std::string> dialectKeys() {
  std::vector<std::string> keys;
  for (const AnnotationDialect& dialect : annotationDialects()) keys.push_back(dialect.key);
  return keys;
}

}  // namespace

void addConvertCommand(CLI::App& program, Run& run) {
  auto options = std::make_shared<ConvertOptions>();
  CLI::App* command =
      program.add_subcommand("convert", "Writes annotations in the format of another program");
  command
      ->add_option("ANNOTATIONS", options->annotations,
                   "A file of annotations; its format is found from its content")
      ->required();
  command->add_option("--to", options->dialect, "The format to write")
      ->required()
      ->check(CLI::IsMember(dialectKeys()));
  command->add_option("--out", options->out, "The file to write")->required();
  command->add_option(
      "--slide", options->slide,
      "The slide they belong to; an NDPA cannot be placed without it, GeoJSON of a MIRAX slide neither");
  command->add_flag("--json", options->json, "One JSON object instead of text");
  command->callback([options, &run] { run = [options](std::stop_token) { return convert(*options); }; });
}

}  // namespace geneglass
