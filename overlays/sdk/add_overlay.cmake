# add_overlay(attention "Attention" ORDER 20 ROLE map NEEDS slide gene ON): attention.cpp becomes a plugin; it is made anew
# when what it needs changes; ON shows it from the start. The words are those of overlay_metadata.h.
function(add_overlay identifier name)
  cmake_parse_arguments(OVERLAY "ON" "ORDER;ROLE" "NEEDS" ${ARGN})
  set(target geneglass_overlay_${identifier})
  set(OVERLAY_IDENTIFIER ${identifier})
  set(OVERLAY_NAME "${name}")
  if(OVERLAY_ON)
    set(OVERLAY_AT_START true)
  else()
    set(OVERLAY_AT_START false)
  endif()
  list(TRANSFORM OVERLAY_NEEDS REPLACE "(.+)" "\"\\1\"")
  list(JOIN OVERLAY_NEEDS ", " OVERLAY_NEEDS_JSON)
  configure_file(${GENEGLASS_OVERLAY_JSON} ${identifier}.json @ONLY)
  add_library(${target} MODULE ${identifier}.cpp)
  target_link_libraries(${target} PRIVATE ${GENEGLASS_OVERLAY_PARTS} fmt::fmt)
  target_include_directories(${target} PRIVATE ${CMAKE_CURRENT_BINARY_DIR})
  target_link_options(${target} PRIVATE LINKER:--as-needed LINKER:--gc-sections LINKER:--no-undefined)
  set_target_properties(${target} PROPERTIES OUTPUT_NAME ${identifier} PREFIX "" CXX_VISIBILITY_PRESET hidden
    AUTOMOC ON LIBRARY_OUTPUT_DIRECTORY ${GENEGLASS_OVERLAY_FOLDER}
    AUTOGEN_TARGET_DEPENDS ${CMAKE_CURRENT_BINARY_DIR}/${identifier}.json)  # moc reads it
  install(TARGETS ${target} LIBRARY DESTINATION ${GENEGLASS_OVERLAY_DESTINATION})
  set_property(GLOBAL APPEND PROPERTY GENEGLASS_OVERLAY_TARGETS ${target})
endfunction()
