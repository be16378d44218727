/// The server's description of itself, OpenAPI 3.1.
enum OpenAPIDocument {
  static func bytes(totals: Bool) -> [UInt8] {
    let pageParameter =
      totals ? #",{"name":"page","in":"query","schema":{"type":"integer","minimum":1}}"# : ""
    let pageFields =
      totals
      ? #","current_page":{"type":["integer","null"],"minimum":1},"total_pages":{"type":["integer","null"],"minimum":0}"#
      : ""
    return Array(
      """
      {"openapi":"3.1.0","info":{"title":"API keys","version":"1.0.0","description":"Lists API keys."},
      "paths":{"/v1/api_key/":{"get":{"operationId":"list_api_keys","summary":"List API keys",
      "security":[{"bearer":[]}],
      "parameters":[
      {"name":"limit","in":"query","schema":{"type":"integer","minimum":1,"maximum":1000,"default":50}},
      {"name":"order","in":"query","schema":{"type":"string","enum":["asc","desc"],"default":"desc"}},
      {"name":"after","in":"query","schema":{"type":"string","format":"uuid"}},
      {"name":"before","in":"query","schema":{"type":"string","format":"uuid"}}\(pageParameter)],
      "responses":{
      "200":{"description":"A page of keys",
      "content":{"application/json":{"schema":{"$ref":"#/components/schemas/Page"}}}},
      "401":{"description":"The token is missing or wrong",
      "headers":{"WWW-Authenticate":{"required":true,"schema":{"type":"string"}}},
      "content":{"application/json":{"schema":{"$ref":"#/components/schemas/Refusal"}}}},
      "403":{"description":"The token lacks api_keys.view",
      "content":{"application/json":{"schema":{"$ref":"#/components/schemas/Refusal"}}}},
      "404":{"description":"No key has the id given as cursor",
      "content":{"application/json":{"schema":{"$ref":"#/components/schemas/Refusal"}}}},
      "422":{"description":"A parameter is not valid",
      "content":{"application/json":{"schema":{"$ref":"#/components/schemas/Invalid"}}}}}}}},
      "components":{"securitySchemes":{"bearer":{"type":"http","scheme":"bearer"}},
      "schemas":{
      "Key":{"type":"object","additionalProperties":false,
      "required":["id","name","created_date","last_four_digits","creator_id","restricted","permissions"],
      "properties":{"id":{"type":"string","format":"uuid"},"name":{"type":"string"},
      "created_date":{"type":"string","format":"date-time"},"last_four_digits":{"type":"string"},
      "creator_id":{"type":"string","format":"uuid"},"restricted":{"type":"boolean"},
      "permissions":{"type":["array","null"],"items":{"type":"string"}}}},
      "Page":{"type":"object","additionalProperties":false,"required":["data","has_more","first_id","last_id"],
      "properties":{"data":{"type":"array","maxItems":1000,"items":{"$ref":"#/components/schemas/Key"}},
      "has_more":{"type":"boolean"},"first_id":{"type":["string","null"],"format":"uuid"},
      "last_id":{"type":["string","null"],"format":"uuid"}\(pageFields)}},
      "Refusal":{"type":"object","required":["detail"],"properties":{"detail":{"type":"string"}}},
      "Invalid":{"type":"object","required":["detail"],"properties":{"detail":{"type":"array","minItems":1,
      "items":{"type":"object","required":["type","loc","msg","input"],
      "properties":{"type":{"type":"string"},"loc":{"type":"array","items":{"type":"string"}},
      "msg":{"type":"string"},"input":{},"ctx":{"type":"object"}}}}}}}}}
      """.utf8)
  }
}
